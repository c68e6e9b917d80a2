import { asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY, HOUR } from "@/lib/core/time";
import { orderReads, orderStates, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { notices } from "@/lib/db/schema/workspace";
import { testOffice } from "../support/office";
import { readOrdersNow, storeWithOrders } from "../support/orders";
import { syncNow } from "../support/stores";

const office = await testOffice();
const { access, twin } = office;
const { db, clock } = access;
const shop = await storeWithOrders(office);
const { merchantUid, storeId } = shop;
await syncNow(office, storeId);

const now = () => twin.now().now;
const add = (said: Parameters<typeof twin.addOrder>[0] | object = {}) =>
  twin.addOrder({ merchantUid, ...said });

beforeEach(async () => {
  twin.clearFaults();
  twin.forgetOrders();
  await db.delete(orders);
  await db.delete(orderReads);
  await db.delete(notices);
  twin.forgetRequests();
});

test("an order is kept as Kaspi says it, with its lines and the product they are about", async () => {
  const order = add({ lines: [{ offer: 3, quantity: 2 }] });
  await readOrdersNow(office, storeId);
  const row = await shop.order(order.code);
  expect(row).toMatchObject({
    state: "NEW",
    status: "APPROVED_BY_BANK",
    tab: "new",
    orderedAt: new Date(order.createdAt),
    totalPrice: (order.entries[0]?.price ?? 0) * 2,
    pickupPointId: order.pointId,
    cityId: order.cityId,
    source: "shop_api",
    hasEntries: true,
  });
  const [line] = await shop.entries(row.id);
  const [product] = await db
    .select()
    .from(products)
    .where(eq(products.sku, order.entries[0]?.sku ?? ""));
  expect(line).toMatchObject({
    nth: 0,
    sku: order.entries[0]?.sku,
    productId: product?.id,
    cardId: order.entries[0]?.cardId,
    quantity: 2,
  });
  expect(JSON.stringify([row, line])).not.toContain(order.phone);
});

test("the same again changes nothing; what moves is seen and its states are kept", async () => {
  const order = add();
  await readOrdersNow(office, storeId);
  const before = await shop.order(order.code);
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  const same = await shop.order(order.code);
  expect(same).toEqual({ ...before, readAt: same.readAt });
  expect(same.readAt > before.readAt).toBe(true);
  twin.changeOrder({ merchantUid, code: order.code, state: "ARCHIVE", status: "CANCELLED" });
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  const after = await shop.order(order.code);
  expect(after).toMatchObject({ tab: "archive", status: "CANCELLED" });
  expect(after.changedAt > before.changedAt).toBe(true);
  const states = await db.select().from(orderStates).orderBy(asc(orderStates.nth));
  expect(states.map(({ nth, status, by }) => [nth, status, by])).toEqual([
    [1, "APPROVED_BY_BANK", "kaspi"],
    [2, "CANCELLED", "kaspi"],
  ]);
});

test("a year is read in windows, archive and all, and only the last ones again", async () => {
  const old = add({ createdAt: now() - 300 * DAY, state: "ARCHIVE", status: "COMPLETED" });
  const fresh = add();
  await readOrdersNow(office, storeId);
  expect(await shop.order(old.code)).toMatchObject({ tab: "archive" });
  expect(await shop.order(fresh.code)).toMatchObject({ tab: "new" });
  expect(twin.requests().shop_orders?.total).toBeGreaterThan(26);
  twin.forgetRequests();
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  expect(twin.requests().shop_orders?.total).toBeLessThan(4);
});

test("an order older than a fortnight that is not over is asked for by itself", async () => {
  const order = add({ createdAt: now() - 40 * DAY });
  await readOrdersNow(office, storeId);
  twin.changeOrder({ merchantUid, code: order.code, state: "ARCHIVE", status: "RETURNED" });
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  expect(await shop.order(order.code)).toMatchObject({ status: "RETURNED", tab: "archive" });
});

test("what is returned late is met by the daily look at old orders", async () => {
  const order = add({ createdAt: now() - 40 * DAY, state: "ARCHIVE", status: "COMPLETED" });
  await readOrdersNow(office, storeId);
  twin.changeOrder({ merchantUid, code: order.code, status: "RETURNED" });
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  expect(await shop.order(order.code)).toMatchObject({ status: "COMPLETED" });
  twin.advance({ ms: DAY });
  await readOrdersNow(office, storeId);
  expect(await shop.order(order.code)).toMatchObject({ status: "RETURNED" });
});

test("pages that move while they are read bring every order once", async () => {
  const made = Array.from({ length: 230 }, (_, nth) =>
    add({ createdAt: now() - nth * 60_000 - DAY }),
  );
  twin.setFault({ name: "orders_arrive", times: 2 });
  const met = await readOrdersNow(office, storeId);
  const kept = new Set((await shop.orders()).map(({ code }) => code));
  expect(made.every(({ code }) => kept.has(code))).toBe(true);
  expect(met.orders).toBeGreaterThanOrEqual(made.length);
  expect(kept.size).toBe(twin.orders({ merchantUid }).filter((one) => kept.has(one.code)).length);
});

test("an order that makes no sense costs itself and not its page", async () => {
  add();
  add();
  add();
  twin.setFault({ name: "orders_bad_row" });
  const met = await readOrdersNow(office, storeId);
  expect(met.unreadable).toBeGreaterThan(0);
  const [read] = await db.select().from(orderReads);
  expect(read?.unreadable).toBeGreaterThan(0);
  expect((await shop.orders()).length).toBeGreaterThan(1);
});

test("a token that dies in the middle: what was read is kept, the owner is told, a new one mends it", async () => {
  const fresh = add();
  add({ createdAt: now() - 100 * DAY });
  twin.setFault({ name: "token_refused", after: 3 });
  await readOrdersNow(office, storeId);
  expect(await shop.order(fresh.code)).toMatchObject({ tab: "new" });
  const [notice] = await db.select().from(notices);
  expect(notice).toMatchObject({ kind: "token_refused", storeId, resolvedAt: null });
  const [failed] = await db.select().from(orderReads);
  expect(failed).toMatchObject({ lastError: "token_refused", lastWholeAt: null });
  twin.clearFaults();
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  const [mended] = await db.select().from(orderReads);
  expect(mended).toMatchObject({ lastError: null, lastWholeAt: expect.any(Date) });
  expect((await db.select().from(notices))[0]?.resolvedAt).not.toBeNull();
});

test("an answer that was asked for earlier never overwrites a later one", async () => {
  const order = add();
  await readOrdersNow(office, storeId);
  await db.update(orders).set({ readAt: new Date(clock().getTime() + DAY), status: "COMPLETED" });
  await readOrdersNow(office, storeId);
  expect((await shop.order(order.code)).status).toBe("COMPLETED");
});

test("orders that come without their lines get them, by the card where there is no article", async () => {
  const order = add({ lines: [{ offer: 5 }] });
  twin.setFault({ name: "orders_without_entries" });
  twin.setFault({ name: "entries_without_offer" });
  await readOrdersNow(office, storeId);
  const row = await shop.order(order.code);
  const [line] = await shop.entries(row.id);
  expect(line).toMatchObject({ cardId: order.entries[0]?.cardId, sku: null });
  expect(line?.productId).not.toBeNull();
  expect(line?.name).toBe(order.entries[0]?.title);
});

test("a line whose product comes later finds it", async () => {
  const later = add({ lines: [{ offer: 0, sku: "придёт-позже" }] });
  // Its card would be found otherwise.
  const { cardId = "" } = later.entries[0] ?? {};
  await db.update(products).set({ cardId: null }).where(eq(products.cardId, cardId));
  twin.advance({ ms: 1_000 });
  await readOrdersNow(office, storeId);
  const before = await shop.order(later.code);
  expect((await shop.entries(before.id))[0]?.productId).toBeNull();
  const [product] = await db
    .insert(products)
    .values({ storeId, sku: "придёт-позже", name: "Пришёл", onSale: true })
    .returning({ id: products.id });
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  const after = await shop.order(later.code);
  expect((await shop.entries(after.id))[0]?.productId).toBe(product?.id);
  expect(after.changedAt > before.changedAt).toBe(true);
});

test("a line that Kaspi names no more is gone, and the order's sum is the new one", async () => {
  const { code } = add({ lines: [{ offer: 1 }, { offer: 2 }] });
  twin.advance({ ms: 1_000 });
  await readOrdersNow(office, storeId);
  const before = await shop.order(code);
  expect(await shop.entries(before.id)).toHaveLength(2);
  twin.dropLine({ merchantUid, code, nth: 1 });
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  const after = await shop.order(code);
  expect(await shop.entries(after.id)).toHaveLength(1);
  expect(after.totalPrice).toBeLessThan(before.totalPrice);
});
