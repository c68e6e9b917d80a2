import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { HOUR } from "@/lib/core/time";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { orderReads, orders } from "@/lib/db/schema/orders";
import { tabCounts } from "@/lib/orders/list-queries";
import { beginReading } from "@/lib/orders/read-store";
import { readStates } from "@/lib/orders/source-queries";
import { setStoreOfficialOnly } from "@/lib/stores/official-only";
import { saveToken } from "@/lib/stores/save-token";
import { setToken } from "@/lib/stores/token-queries";
import { testOffice } from "../support/office";
import { readOrdersNow, storeWithOrders } from "../support/orders";
import { syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const shop = await storeWithOrders(office, { token: false });
const { merchantUid, storeId } = shop;
await syncNow(office, storeId);

const add = (said: object = {}) => twin.addOrder({ merchantUid, ...said });
const kaspis = { isKaspiDelivery: true, state: "KASPI_DELIVERY", status: "ACCEPTED_BY_MERCHANT" };

beforeEach(async () => {
  twin.clearFaults();
  twin.forgetOrders();
  await db.delete(orders);
  await db.delete(orderReads);
  await setToken(db, owner, storeId, null, clock());
});

test("without a token the cabinet's tabs are read, pages and all", async () => {
  const packing = Array.from({ length: 23 }, () => add(kaspis));
  const fresh = add();
  const over = add({ state: "ARCHIVE", status: "COMPLETED" });
  await readOrdersNow(office, storeId);
  const rows = await shop.orders();
  expect(rows).toHaveLength(packing.length + 1);
  expect(rows.every(({ source }) => source === "cabinet")).toBe(true);
  expect(rows.some(({ code }) => code === over.code)).toBe(false);
  const row = await shop.order(fresh.code);
  expect(row).toMatchObject({ tab: "new", paymentMode: null, sellerDeliveryCost: null });
  const [line] = await shop.entries(row.id);
  expect(line?.productId).not.toBeNull();
});

test("what has left the tabs is asked for by itself", async () => {
  const { code } = add(kaspis);
  await readOrdersNow(office, storeId);
  twin.changeOrder({ merchantUid, code, state: "ARCHIVE", status: "COMPLETED" });
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  expect(await shop.order(code)).toMatchObject({ tab: "archive", status: "COMPLETED" });
});

test("a cabinet that refuses its present form is read in the old one", async () => {
  const { code, entries } = add({ ...kaspis, assembled: true });
  twin.setFault({ name: "orders_graphql_fails" });
  await readOrdersNow(office, storeId);
  const row = await shop.order(code);
  expect(row).toMatchObject({ source: "cabinet_legacy", tab: "handover" });
  expect((await shop.entries(row.id))[0]).toMatchObject({ cardId: entries[0]?.cardId });
});

test("the cabinet takes nothing away of what the official interface knows", async () => {
  const { code } = add();
  await saveToken(access, owner, { storeId, token: shop.token });
  await readOrdersNow(office, storeId);
  const rich = await shop.order(code);
  await setToken(db, owner, storeId, null, clock());
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  const after = await shop.order(code);
  expect(after).toMatchObject({
    source: "cabinet",
    kaspiId: rich.kaspiId,
    paymentMode: rich.paymentMode,
    sellerDeliveryCost: rich.sellerDeliveryCost,
  });
  expect(rich.paymentMode).not.toBeNull();
});

test("a store that allows the official interface only is not read in its cabinet", async () => {
  await setStoreOfficialOnly(access, owner, { storeId, officialOnly: true });
  expect(await beginReading(access, { storeId, runId: null })).toBeNull();
  await setStoreOfficialOnly(access, owner, { storeId, officialOnly: false });
  expect(await beginReading(access, { storeId, runId: null })).not.toBeNull();
});

test("an order that is over keeps how it was delivered: the details do not say", async () => {
  const { code } = add({ ...kaspis, handedOverAt: twin.now().now, express: true });
  await readOrdersNow(office, storeId);
  expect(await shop.order(code)).toMatchObject({ isKaspiDelivery: true, express: true });
  twin.changeOrder({ merchantUid, code, state: "ARCHIVE", status: "COMPLETED" });
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  expect(await shop.order(code)).toMatchObject({
    ...{ tab: "archive", source: "cabinet", isKaspiDelivery: true, express: true },
  });
});

test("what has left the tabs and is told of nowhere is marked and counted no more", async () => {
  const { code } = add(kaspis);
  await readOrdersNow(office, storeId);
  twin.changeOrder({ merchantUid, code, state: "ARCHIVE", status: "COMPLETED" });
  twin.setFault({ name: "order_details_fail" });
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  expect(await shop.order(code)).toMatchObject({ tab: "packing", leftAt: expect.any(Date) });
  expect((await tabCounts(db, owner, undefined)).open.size).toBe(0);
  twin.clearFaults();
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  expect(await shop.order(code)).toMatchObject({ tab: "archive", leftAt: null });
});

test("one tab that is refused in the middle is not read in the old form", async () => {
  const { code } = add({ ...kaspis, assembled: true });
  await readOrdersNow(office, storeId);
  const before = await shop.order(code);
  twin.setFault({ name: "orders_graphql_fails", after: 1 });
  twin.advance({ ms: HOUR });
  await expect(readOrdersNow(office, storeId)).rejects.toMatchObject({ kind: "kaspi_rejected" });
  expect(await shop.order(code)).toEqual(before);
});

test("where the old form is gone the refusal of the present one is what is said", async () => {
  twin.setFault({ name: "orders_graphql_fails" });
  twin.setFault({ name: "order_tabs_gone" });
  await expect(readOrdersNow(office, storeId)).rejects.toMatchObject({ kind: "kaspi_rejected" });
});

test("the old form's guesses do not stand in the place of what was said", async () => {
  const { code } = add({ ...kaspis, assembled: true, express: true });
  await readOrdersNow(office, storeId);
  const said = await shop.order(code);
  twin.setFault({ name: "orders_graphql_fails" });
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
  expect(await shop.order(code)).toMatchObject({
    ...{ source: "cabinet_legacy", status: said.status, express: true, isKaspiDelivery: true },
  });
});

test("a login that is dead is said to be, and a store that has none", async () => {
  const { accountId } = (await db.select().from(stores).where(eq(stores.id, storeId)))[0] ?? {};
  const session = (said: "valid" | "needs_reauth") =>
    db
      .update(kaspiAccounts)
      .set({ session: said })
      .where(eq(kaspiAccounts.id, accountId ?? ""));
  expect(await readStates(db, owner, storeId)).toMatchObject([{ isRead: true, hasToken: false }]);
  await session("needs_reauth");
  expect(await readStates(db, owner, storeId)).toMatchObject([{ isRead: false }]);
  await db.update(stores).set({ isActive: false }).where(eq(stores.id, storeId));
  await session("valid");
  // On pause nothing is read, and no login would mend that.
  expect(await readStates(db, owner, storeId)).toMatchObject([{ isRead: true }]);
  await db.update(stores).set({ isActive: true }).where(eq(stores.id, storeId));
  await session("valid");
});
