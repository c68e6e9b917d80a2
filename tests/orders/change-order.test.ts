import { desc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { orderStates, orders } from "@/lib/db/schema/orders";
import { auditLog } from "@/lib/db/schema/workspace";
import { changeOrder } from "@/lib/orders/change-order";
import type { OrderChangeForm } from "@/lib/orders/form-model";
import { saveToken } from "@/lib/stores/save-token";
import { setToken } from "@/lib/stores/token-queries";
import { testOffice } from "../support/office";
import { readOrdersNow, storeWithOrders } from "../support/orders";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db, clock } = access;
const shop = await storeWithOrders(office);
const { merchantUid, storeId } = shop;

beforeEach(() => {
  twin.clearFaults();
  twin.forgetOrders();
  twin.forgetRequests();
});

/** An order of the shop, read, and what a person who sees it may want. */
async function known(said: object = {}) {
  const { code } = twin.addOrder({ merchantUid, isKaspiDelivery: true, ...said });
  await readOrdersNow(office, storeId);
  const row = await shop.order(code);
  const seen = { state: row.state, status: row.status };
  return {
    code,
    id: row.id,
    row: () => shop.order(code),
    truth: () => twin.order({ merchantUid, code }),
    change: (change: OrderChangeForm["change"], { caller = owner, as = seen } = {}) =>
      changeOrder(access, caller, { orderId: row.id, seen: as, change }),
  };
}

const accept = { kind: "accept" } as const;
const cancel = { kind: "cancel", reason: "MERCHANT_OUT_OF_STOCK", comment: "" } as const;

test("an order is accepted, packed and cancelled at Kaspi, and what became of it is kept", async () => {
  const order = await known();
  await order.change(accept);
  expect(order.truth()).toMatchObject({ state: "KASPI_DELIVERY", status: "ACCEPTED_BY_MERCHANT" });
  expect(await order.row()).toMatchObject({ tab: "packing", unsureSince: null });
  const accepted = { state: "KASPI_DELIVERY", status: "ACCEPTED_BY_MERCHANT" };
  await order.change({ kind: "assemble", parcels: 2 }, { as: accepted });
  expect(order.truth()).toMatchObject({ assembled: true, parcels: 2 });
  const packed = await order.row();
  expect(packed).toMatchObject({ tab: "handover", waybillUrl: expect.stringContaining("waybill") });
  await order.change(cancel, { as: accepted });
  expect(await order.row()).toMatchObject({
    tab: "archive",
    status: "CANCELLED",
    cancellationReason: "MERCHANT_OUT_OF_STOCK",
  });
  const states = await db
    .select()
    .from(orderStates)
    .where(eq(orderStates.orderId, order.id))
    .orderBy(orderStates.nth);
  expect(states.map(({ status, by }) => [status, by])).toEqual([
    ["APPROVED_BY_BANK", "kaspi"],
    ["ACCEPTED_BY_MERCHANT", owner.id],
    ["CANCELLED", owner.id],
  ]);
  const said = await db
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(eq(auditLog.subjectId, order.id))
    .orderBy(desc(auditLog.at));
  expect(said.map(({ action }) => action).sort()).toEqual([
    "order.accept",
    "order.assemble",
    "order.cancel",
    "order.done",
    "order.done",
    "order.done",
  ]);
});

test("an order is handed over with the buyer's code, which is kept nowhere", async () => {
  const order = await known({
    isKaspiDelivery: false,
    state: "PICKUP",
    status: "ACCEPTED_BY_MERCHANT",
  });
  await order.change({ kind: "send_code" });
  const code = order.truth().securityCode ?? "";
  expect(code).toMatch(/^\d{4}$/);
  const wrong = { kind: "complete", code: code === "0000" ? "1111" : "0000" } as const;
  await expect(order.change(wrong)).rejects.toMatchObject({ key: "order_code_wrong" });
  expect(await order.row()).toMatchObject({ tab: "pickup", unsureSince: null });
  await order.change({ kind: "complete", code });
  expect(await order.row()).toMatchObject({ tab: "archive", status: "COMPLETED" });
  const details = await db
    .select({ details: auditLog.details })
    .from(auditLog)
    .where(eq(auditLog.subjectId, order.id));
  expect(details.some((one) => JSON.stringify(one.details).includes(`"${code}"`))).toBe(false);
});

test("preordered goods that have come go on to packing, and stay marked as a preorder", async () => {
  const order = await known({
    preOrder: true,
    state: "KASPI_DELIVERY",
    status: "ACCEPTED_BY_MERCHANT",
  });
  expect(await order.row()).toMatchObject({ tab: "preorder" });
  await order.change({ kind: "arrive" });
  expect(await order.row()).toMatchObject({ tab: "packing", preOrder: true });
});

test("an order that has moved meanwhile is left alone", async () => {
  const order = await known();
  twin.changeOrder({ merchantUid, code: order.code, state: "ARCHIVE", status: "CANCELLED" });
  await expect(order.change(accept)).rejects.toMatchObject({
    kind: "conflict",
    key: "order_moved",
  });
  expect(twin.requests().shop_change).toBeUndefined();
  expect(await order.row()).toMatchObject({ status: "CANCELLED" });
});

test("nor is what may be done in its new state as well: the person has seen another", async () => {
  const order = await known();
  const moved = { state: "KASPI_DELIVERY", status: "ACCEPTED_BY_MERCHANT" };
  twin.changeOrder({ merchantUid, code: order.code, ...moved });
  await expect(order.change(cancel)).rejects.toMatchObject({ key: "order_moved" });
  expect(order.truth().status).toBe("ACCEPTED_BY_MERCHANT");
  await order.change(cancel, { as: moved });
  expect(order.truth().status).toBe("CANCELLED");
});

test("what its state does not allow is not even sent", async () => {
  const order = await known();
  await expect(order.change({ kind: "arrive" })).rejects.toMatchObject({ key: "order_moved" });
  expect(twin.requests().shop_change).toBeUndefined();
});

test("an answer that was lost: nobody knows, nothing is repeated before the order is read", async () => {
  const order = await known();
  twin.setFault({ name: "answer_lost", at: ["shop_change"], times: 1 });
  await expect(order.change(accept)).rejects.toMatchObject({ key: "order_unsure" });
  expect((await order.row()).unsureSince).not.toBeNull();
  expect(order.truth().status).toBe("ACCEPTED_BY_MERCHANT");
  await expect(order.change(accept)).rejects.toMatchObject({ key: "order_moved" });
  expect(twin.requests().shop_change?.total).toBe(1);
  expect(await order.row()).toMatchObject({ tab: "packing", unsureSince: null });
});

test("a question that never left is no doubt", async () => {
  const order = await known();
  twin.setFault({ name: "shop_api_429", at: ["shop_change"], times: 1, ms: 1_000 });
  await expect(order.change(accept)).rejects.toMatchObject({ kind: "kaspi_throttled" });
  expect(await order.row()).toMatchObject({ tab: "new", unsureSince: null });
  twin.advance({ ms: 5_000 });
});

test("of two who press at once one changes the order", async () => {
  const order = await known();
  const outcomes = await Promise.allSettled([order.change(accept), order.change(accept)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(twin.requests().shop_change?.total).toBe(1);
});

test("a stranger finds no order, who only looks may not change it, without a token nobody can", async () => {
  const order = await known();
  await expect(order.change(accept, { caller: stranger })).rejects.toMatchObject({
    kind: "not_found",
  });
  const guest = {
    ...stranger,
    shares: [{ storeId, permissions: new Set(["view_store", "view_order"] as const) }],
  };
  await expect(order.change(accept, { caller: guest })).rejects.toMatchObject({
    kind: "forbidden",
  });
  await setToken(db, owner, storeId, null, clock());
  await expect(order.change(accept)).rejects.toMatchObject({ key: "token_missing" });
  await saveToken(access, owner, { storeId, token: shop.token });
  expect(twin.requests().shop_change).toBeUndefined();
  expect(await db.$count(orders, eq(orders.id, order.id))).toBe(1);
});

async function said(subjectId: string) {
  const rows = await db
    .select({ action: auditLog.action, details: auditLog.details })
    .from(auditLog)
    .where(eq(auditLog.subjectId, subjectId));
  return rows;
}

test("what was asked for, what Kaspi refused and what nobody knows are written down apart", async () => {
  const order = await known({
    isKaspiDelivery: false,
    state: "PICKUP",
    status: "ACCEPTED_BY_MERCHANT",
  });
  await order.change({ kind: "send_code" });
  const code = order.truth().securityCode === "0000" ? "1111" : "0000";
  await expect(order.change({ kind: "complete", code })).rejects.toMatchObject({
    key: "order_code_wrong",
  });
  twin.setFault({ name: "answer_lost", at: ["shop_change"], times: 1 });
  await expect(order.change(cancel)).rejects.toMatchObject({ key: "order_unsure" });
  const rows = await said(order.id);
  expect(rows.map(({ action }) => action).sort()).toEqual([
    ...["order.cancel", "order.complete", "order.done", "order.refused"],
    ...["order.send_code", "order.unsure"],
  ]);
  expect(rows.find(({ action }) => action === "order.refused")?.details).toEqual({
    ...{ order: order.code, change: "complete", reason: "order_code_wrong" },
  });
});

test("until Kaspi shows what became of it the mark stays, and it is read soon", async () => {
  const order = await known();
  twin.setFault({ name: "order_fails", sku: order.code, after: 1 });
  await order.change(cancel);
  expect(await order.row()).toMatchObject({ tab: "new", unsureSince: expect.any(Date) });
  twin.clearFaults();
  twin.advance({ ms: 1_000 });
  await readOrdersNow(office, storeId);
  expect(await order.row()).toMatchObject({ tab: "archive", unsureSince: null });
});

test("a cancelled order is found though Kaspi does not list the archive by code", async () => {
  const order = await known();
  twin.setFault({ name: "code_without_archive" });
  await order.change(cancel);
  expect(await order.row()).toMatchObject({ tab: "archive", unsureSince: null });
});

test("preordered goods that have come can be packed, though Kaspi goes on calling it a preorder", async () => {
  twin.setFault({ name: "preorder_stays" });
  const accepted = { state: "KASPI_DELIVERY", status: "ACCEPTED_BY_MERCHANT" };
  const order = await known({ preOrder: true, ...accepted });
  await order.change({ kind: "arrive" });
  expect(await order.row()).toMatchObject({ tab: "preorder" });
  await order.change({ kind: "assemble", parcels: 1 });
  expect(await order.row()).toMatchObject({ tab: "handover" });
});

test("who has to wait for the token hears of the order, not of readings", async () => {
  const order = await known();
  twin.setFault({ name: "shop_api_429", at: ["shop_change"], times: 1, ms: 120_000 });
  await expect(order.change(accept)).rejects.toMatchObject({ key: "order_throttled" });
  await expect(order.change(accept)).rejects.toMatchObject({
    ...{ kind: "kaspi_throttled", key: "order_throttled" },
    retryAfterMs: expect.any(Number),
  });
  twin.advance({ ms: 180_000 });
});
