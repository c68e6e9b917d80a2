import { beforeEach, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { DAY, HOUR } from "@/lib/core/time";
import { orderGaps, orderReads, orders } from "@/lib/db/schema/orders";
import { tabCounts } from "@/lib/orders/list-queries";
import { readStates } from "@/lib/orders/source-queries";
import { testOffice } from "../support/office";
import { readOrdersNow, storeWithOrders } from "../support/orders";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const shop = await storeWithOrders(office);
const { merchantUid, storeId } = shop;

const now = () => twin.now().now;
const add = (said: object = {}) => twin.addOrder({ merchantUid, ...said });
async function read(ms = HOUR) {
  twin.advance({ ms });
  return readOrdersNow(office, storeId);
}

beforeEach(async () => {
  twin.clearFaults();
  twin.forgetOrders();
  await db.delete(orders);
  await db.delete(orderReads);
  await db.delete(orderGaps);
  twin.forgetRequests();
});

async function countUnread(caller: Caller, store: string | undefined): Promise<number> {
  const states = await readStates(db, caller, store);
  return states.reduce((sum, { unread }) => sum + unread, 0);
}

test("an old order that ends is seen to, though Kaspi does not find what is archived by its code", async () => {
  twin.setFault({ name: "code_without_archive" });
  const { code } = add({ createdAt: now() - 100 * DAY });
  await read();
  twin.changeOrder({ merchantUid, code, state: "ARCHIVE", status: "COMPLETED" });
  await read();
  expect(await shop.order(code)).toMatchObject({ tab: "archive", status: "COMPLETED" });
});

test.each([404, 400])(
  "one order that Kaspi answers with %i costs itself, and the year is read all the same",
  async (status) => {
    const stuck = add({ createdAt: now() - 40 * DAY });
    const over = add({ createdAt: now() - 41 * DAY });
    await read();
    const old = add({ createdAt: now() - 200 * DAY, state: "ARCHIVE", status: "COMPLETED" });
    await db.update(orderReads).set({ readFrom: new Date(now() - 60 * DAY) });
    twin.setFault({ name: "order_fails", sku: stuck.code, status });
    twin.changeOrder({ merchantUid, code: over.code, state: "ARCHIVE", status: "COMPLETED" });
    await read();
    expect(await shop.order(over.code)).toMatchObject({ tab: "archive" });
    expect(await shop.order(old.code)).toMatchObject({ tab: "archive" });
    const [state] = await readStates(db, owner, undefined);
    expect(state).toMatchObject({ lastError: null });
  },
);

test("an order that Kaspi knows no more is marked, leaves the counters, and comes back when it is seen", async () => {
  const { code } = add({ createdAt: now() - 40 * DAY });
  await read();
  const kept = twin.orders({ merchantUid });
  twin.forgetOrders();
  await read();
  expect(await shop.order(code)).toMatchObject({ tab: "new", leftAt: expect.any(Date) });
  expect((await tabCounts(db, owner, undefined)).open.get("new")).toBeUndefined();
  const [again] = kept;
  if (!again) throw new Error("no order");
  add({ createdAt: again.createdAt, code, state: "NEW" });
  const [made] = twin.orders({ merchantUid });
  if (made) Object.assign(made, { code });
  await read(DAY);
  expect(await shop.order(code)).toMatchObject({ leftAt: null });
});

test("orders that cannot be understood are said to be missing until Kaspi tells them, years back", async () => {
  add({ createdAt: now() - 200 * DAY, state: "ARCHIVE", status: "COMPLETED" });
  const bad = add({ createdAt: now() - 200 * DAY - HOUR, state: "ARCHIVE", status: "COMPLETED" });
  twin.setFault({ name: "orders_bad_row" });
  await read();
  expect(await countUnread(owner, undefined)).toBe(1);
  expect(await countUnread(stranger, undefined)).toBe(0);
  await read();
  expect((await readStates(db, owner, undefined))[0]?.unread).toBe(1);
  twin.clearFaults();
  await read();
  expect(await countUnread(owner, undefined)).toBe(1);
  await read(DAY);
  expect(await countUnread(owner, undefined)).toBe(0);
  expect(await shop.order(bad.code)).toMatchObject({ tab: "archive" });
});

test("an order that Kaspi counts and does not list is missing, too", async () => {
  for (const hours of [1, 2, 3]) add({ createdAt: now() - hours * HOUR });
  twin.setFault({ name: "orders_left_out" });
  const met = await read();
  expect(met.unreadable).toBe(1);
  expect(await countUnread(owner, storeId)).toBe(1);
  twin.clearFaults();
  await read();
  expect(await countUnread(owner, storeId)).toBe(0);
  expect(await db.$count(orders)).toBe(3);
});

test("an answer that leaves fields out erases none of them", async () => {
  const { code, pointId } = add({ isKaspiDelivery: true, express: true, handedOverAt: now() });
  await read();
  const before = await shop.order(code);
  twin.changeOrder({ merchantUid, code, state: "ARCHIVE", status: "COMPLETED" });
  twin.setFault({ name: "orders_terse" });
  await read();
  expect(await shop.order(code)).toMatchObject({
    ...{ tab: "archive", express: true, isKaspiDelivery: true, pickupPointId: pointId },
    ...{ handedOverAt: before.handedOverAt, sellerDeliveryCost: before.sellerDeliveryCost },
    ...{ cityId: before.cityId, plannedAt: before.plannedAt },
  });
});

test("orders whose lines make no sense do not keep others from getting theirs", async () => {
  const [bad, good] = [add({ createdAt: now() - 2 * HOUR }), add({ createdAt: now() - HOUR })];
  twin.setFault({ name: "orders_without_entries" });
  twin.setFault({ name: "entries_bad_row", sku: bad.code });
  await read(0);
  expect(await shop.order(bad.code)).toMatchObject({ hasEntries: false });
  expect(await shop.order(good.code)).toMatchObject({ hasEntries: true });
  twin.forgetRequests();
  await read(HOUR / 2);
  expect(twin.requests().shop_entries).toBeUndefined();
  twin.clearFaults();
  await read();
  expect(await shop.order(bad.code)).toMatchObject({ hasEntries: true });
});
