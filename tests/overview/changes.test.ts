import { beforeAll, describe, expect, it } from "vitest";
import { DAY, later, MINUTE, SECOND } from "@/lib/core/time";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import { changesToday, usedBudgets } from "@/lib/overview/change-queries";
import { type TodayFilter, todayFilters } from "@/lib/products/filter-model";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;

const timeZone = "Asia/Almaty";
const nothing = { decided: 0, sent: 0, confirmed: 0, rejected: 0 };

beforeAll(async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  const goods = await goodsOnSale(office, storeId, merchantId);
  const product = goods.map((one) => handle(office, one)).find((one) => one.kaspiPrice() > 5_000);
  if (!product) throw new Error("no goods for this test");
  const price = product.kaspiPrice();
  product.rivals(price - 300);
  await product.watch({ floor: price - 1_000 });
  await product.cycle();
});

describe("changes today", () => {
  const decidedAt = async () => {
    const [row] = await db.select({ at: decisions.decidedAt }).from(decisions);
    if (!row) throw new Error("nothing was decided");
    return row.at;
  };

  it("are those decided, sent and confirmed since the workspace's midnight", async () => {
    const now = await decidedAt();
    const today = await changesToday(db, owner, undefined, { now, timeZone: "Asia/Almaty" });
    expect(today).toEqual({ decided: 1, sent: 1, confirmed: 1, rejected: 0 });
  });

  it.each([
    ["Asia/Almaty", 19],
    ["UTC", 24],
    ["Asia/Tokyo", 15],
  ])("end at midnight in %s", async (timeZone, utcHour) => {
    const at = await decidedAt();
    const settled = at.getTime() + 20 * SECOND;
    const midnight = new Date(at).setUTCHours(utcHour, 0, 0, 0);
    const border = midnight > settled ? midnight : midnight + DAY;
    const on = (time: number) =>
      changesToday(db, owner, undefined, { now: new Date(time), timeZone });
    expect(await on(border - SECOND)).toMatchObject({ decided: 1, confirmed: 1 });
    expect(await on(border)).toEqual(nothing);
  });

  it("do not count trial runs", async () => {
    const day = { now: await decidedAt(), timeZone: "UTC" };
    const before = await changesToday(db, owner, undefined, day);
    await db.update(decisions).set({ dryRun: true });
    const today = await changesToday(db, owner, undefined, day);
    await db.update(decisions).set({ dryRun: false });
    expect([before.decided, today]).toEqual([1, nothing]);
  });
});

describe("the list behind a number of the day", () => {
  const listed = async (today: TodayFilter, now: Date, caller = owner) =>
    (await listProducts(db, caller, productListSchema.parse({ today }), now)).total;

  it("holds the products whose prices the number counts, until the next midnight", async () => {
    const [row] = await db.select({ at: decisions.decidedAt }).from(decisions);
    const now = later(row?.at ?? clock(), MINUTE);
    const counts = { ...(await changesToday(db, owner, undefined, { now, timeZone })), waiting: 0 };
    expect(counts.confirmed).toBe(1);
    for (const today of todayFilters)
      expect([today, await listed(today, now)]).toEqual([today, counts[today]]);
    for (const today of todayFilters)
      expect([today, await listed(today, later(now, DAY))]).toEqual([today, 0]);
  });

  it("is empty for a stranger", async () => {
    expect(await listed("decided", clock(), stranger)).toBe(0);
  });
});

describe("the budget of a login", () => {
  const limits = { perWindow: 3, windowMinutes: 30 };
  const read = async (now: Date) => {
    const [budget] = await usedBudgets(db, owner, undefined, limits, now);
    if (!budget) throw new Error("no login");
    return budget;
  };

  it("counts the entries of its rolling window and says when a full one frees", async () => {
    const { login } = await read(clock());
    await db.delete(budgetEntries);
    const now = clock();
    expect(await read(now)).toMatchObject({ used: 0, slotFreeAt: null });
    const ages = [31, 29, 10, 1];
    await db
      .insert(budgetEntries)
      .values(ages.map((age) => ({ login, at: later(now, -age * MINUTE) })));
    const full = await read(now);
    expect(full).toMatchObject({ used: 3, slotFreeAt: later(now, MINUTE) });
    expect(await read(later(now, MINUTE))).toMatchObject({ used: 2, slotFreeAt: null });
  });
});
