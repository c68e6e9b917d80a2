import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DAY } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { salesProductDays } from "@/lib/db/schema/sales";
import { productStocks } from "@/lib/db/schema/table-files";
import { workspace } from "@/lib/db/schema/workspace";
import { stockDaysOf } from "@/lib/products/stock-pace-queries";
import { previewRule } from "@/lib/repricing/forecast/preview-rule";
import type { RuleOverride } from "@/lib/repricing/rule/rule-model";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { goodsOnSale, type Handle, handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db } = access;
let one: Handle;

beforeAll(async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  const [goods] = await goodsOnSale(office, storeId, merchantId);
  if (!goods) throw new Error("the shop has no goods of its own");
  one = handle(office, goods);
});

beforeEach(async () => {
  await db.delete(salesProductDays);
  await db.delete(productStocks);
  await db.update(workspace).set({ timeZone: "Asia/Almaty" });
});

/** The day it is in Almaty, or so many before it. */
const dayBefore = (days: number) =>
  new Date(Number(access.clock()) + 5 * 3_600_000 - days * DAY).toISOString().slice(0, 10);

async function sell(units: number, day: string): Promise<void> {
  const { storeId, productId, sku } = one;
  const about = { storeId, productId, day, line: sku, name: sku, category: "", missing: [] };
  await db.insert(salesProductDays).values({ ...about, orders: 1, units, revenue: 1_000 * units });
}

/** The one point that sells it. */
async function sellingPoint(): Promise<string> {
  const { productId, merchantUid } = one;
  const id = `${merchantUid}_PP1`;
  const points = [{ id, available: true, count: null, leadDays: null }];
  await db.update(products).set({ points }).where(eq(products.id, productId));
  return id;
}

async function keep(count: number): Promise<void> {
  const { storeId, productId } = one;
  const setAt = access.clock();
  await db
    .insert(productStocks)
    .values({ productId, storeId, pointId: await sellingPoint(), count, setAt })
    .onConflictDoUpdate({
      target: [productStocks.productId, productStocks.pointId],
      set: { count },
    });
}

const lasts = async () =>
  (await stockDaysOf(db, [one.productId], access.clock())).get(one.productId) ?? null;

describe("for how many days a stock lasts", () => {
  test("is the stock by the pace of the last thirty whole days, rounded down", async () => {
    await keep(10);
    await sell(40, dayBefore(1));
    await sell(5, dayBefore(30));
    expect(await lasts()).toBe(6);
  });

  test("asks neither of the day under way nor of those before the thirty", async () => {
    await keep(10);
    await sell(100, dayBefore(0));
    await sell(100, dayBefore(31));
    expect(await lasts()).toBeNull();
  });

  test("is not known where nobody counts or nothing is sold", async () => {
    expect(await lasts()).toBeNull();
    await keep(3);
    expect(await lasts()).toBeNull();
    await db.delete(productStocks);
    await db.execute(sql`update products set stock = null where id = ${one.productId}`);
    await sell(30, dayBefore(2));
    expect(await lasts()).toBeNull();
  });

  test("goes by the seller's own count before Kaspi's", async () => {
    await sell(30, dayBefore(2));
    await db.execute(sql`update products set stock = 90 where id = ${one.productId}`);
    expect(await lasts()).toBe(90);
    await keep(4);
    expect(await lasts()).toBe(4);
  });
});

describe("a stock at several points", () => {
  const at = (id: string, count: number | null, available = true) => ({
    ...{ id, count, available },
    leadDays: null,
  });

  test.each([
    ["adds Kaspi's count where the seller has none", [at("far", 20)], 24],
    ["is not known where one of them counts nothing", [at("far", null)], null],
    ["leaves out those that do not sell it", [at("far", 20, false)], 4],
  ])("%s", async (_, others, days) => {
    await sell(30, dayBefore(2));
    await keep(4);
    const points = [at(await sellingPoint(), 9), ...others];
    await db.update(products).set({ points }).where(eq(products.id, one.productId));
    expect(await lasts()).toBe(days);
  });
});

describe("a rule that minds the stock", () => {
  const minding = (lowStock: RuleOverride["lowStock"] = null) =>
    setProductRule(db, owner, one.productId, { lowStock }, access.clock());

  test("stops the fight while the stock lasts for too few days, and takes it up again", async () => {
    const price = one.kaspiPrice();
    await one.watch({ floor: Math.floor(price * 0.8), ceiling: Math.ceil(price * 1.2) });
    one.rivals(Math.floor(price * 0.97));
    await minding({ days: 7, price: "hold" });
    await sell(30, dayBefore(3));
    await keep(7);
    expect((await one.check())?.decision).toMatchObject({
      kind: "hold",
      reason: "low_stock_hold",
      params: { daysLeft: 7, daysAsked: 7 },
    });
    expect((await previewRule(db, owner, one.productId, access.clock())).decision).toMatchObject({
      reason: "low_stock_hold",
    });
    await keep(8);
    expect((await one.check())?.decision).toMatchObject({ kind: "change", reason: "undercut" });
  });

  test("takes what is left to the ceiling where it says so", async () => {
    const price = one.kaspiPrice();
    await one.watch({ floor: Math.floor(price * 0.8), ceiling: Math.ceil(price * 1.2) });
    one.rivals(Math.floor(price * 0.97));
    await minding({ days: 7, price: "ceiling" });
    await sell(30, dayBefore(3));
    await keep(2);
    expect((await one.check())?.decision).toMatchObject({
      kind: "change",
      price: Math.ceil(price * 1.2),
      reason: "low_stock_to_ceiling",
    });
  });
});
