import { beforeAll, beforeEach, expect, test } from "vitest";
import { blockWrites, takeSlot, writesResumeAt } from "@/lib/accounts/pace-queries";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import { kaspiAccounts, kaspiLogins } from "@/lib/db/schema/kaspi";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { usedBudgets } from "@/lib/overview/change-queries";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { beginConnecting, goOnConnecting } from "@/lib/stores/connect-stores";
import { goodsOnSale, type Handle, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const choice = {
  by: "email",
  email: "choose@duken.kz",
  password: "choose-kaspi",
  keepPassword: true,
} as const;
const shelf: Handle[] = [];

beforeEach(async () => {
  // What one test has taken of the pace the next would wait for.
  await db.update(workspace).set({ writesPerSecond: 1e6 });
  await db.update(kaspiLogins).set({ nextWriteSlotAt: null });
});

/** Two shops of one login, each entered by a session of its own, each with a price that waits. */
beforeAll(async () => {
  for (const uid of ["30901122", "30901133"]) {
    const begun = await beginConnecting(access, owner, choice);
    if (begun.kind !== "choose_merchant") throw new Error("no shop is to be chosen");
    const reply = { kind: "merchant" as const, uid };
    const done = await goOnConnecting(access, owner, { pendingId: begun.pendingId, reply });
    const storeId = (done.kind === "done" && done.result.stores[0]?.storeId) || "";
    await syncNow(office, storeId);
    const [one] = await goodsOnSale(office, storeId, uid);
    if (!one) throw new Error("the shop is too small for these tests");
    const goods = handle(office, one);
    goods.rivals(goods.kaspiPrice() - 20);
    await goods.watch({ floor: Math.ceil(goods.kaspiPrice() * 0.9) });
    await goods.check();
    shelf.push(goods);
  }
});

const accounts = async () => (await db.select().from(kaspiAccounts)).map(({ id }) => id);

test("the shops of a login that are chosen one by one share its budget", async () => {
  expect(await accounts()).toHaveLength(2);
  await db.delete(budgetEntries);
  await db.update(decisions).set({ notBefore: null });
  await db.update(workspace).set({ writesPerWindow: 1 });
  const before = twin.writes().length;
  await Promise.all(shelf.map(({ storeId }) => publishStore(access, storeId)));
  expect(await db.$count(budgetEntries)).toBe(1);
  expect(twin.writes()).toHaveLength(before + 1);
  const limits = { perWindow: 1, windowMinutes: 30 };
  expect(await usedBudgets(db, owner, undefined, limits, clock())).toMatchObject([{ used: 1 }]);
});

test("and Kaspi's pause of writes, whichever of them it was told", async () => {
  await db.delete(budgetEntries);
  await db.update(workspace).set({ writesPerWindow: 250 });
  await db.update(decisions).set({ notBefore: null });
  const before = twin.writes().length;
  const until = later(clock(), 30 * MINUTE);
  const [one = "", other = ""] = await accounts();
  await blockWrites(db, one, until);
  await blockWrites(db, other, later(clock(), MINUTE));
  expect(await writesResumeAt(db, other, clock())).toEqual(until);
  for (const { storeId } of shelf) await publishStore(access, storeId);
  expect(twin.writes()).toHaveLength(before);
  await db.update(kaspiLogins).set({ writesBlockedUntil: null });
});

test("and its pace", async () => {
  await db.update(workspace).set({ writesPerSecond: 1 });
  const [one = "", other = ""] = await accounts();
  const now = later(clock(), 5 * MINUTE);
  expect(await takeSlot(db, { accountId: one }, "write", now)).toEqual(now);
  expect(await takeSlot(db, { accountId: other }, "write", now)).toEqual(later(now, SECOND));
});
