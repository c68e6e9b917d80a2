import { beforeEach, expect, test } from "vitest";
import { HOUR } from "@/lib/core/time";
import { orderReads, orders } from "@/lib/db/schema/orders";
import { beginReading } from "@/lib/orders/read-store";
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
