import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { HOUR, MINUTE } from "@/lib/core/time";
import { orderReads, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { productStocks } from "@/lib/db/schema/table-files";
import { setStocks } from "@/lib/products/set-stocks";
import { testOffice } from "../support/office";
import { readOrdersNow, storeWithOrders } from "../support/orders";
import { syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const shop = await storeWithOrders(office);
const { merchantUid, storeId } = shop;
await syncNow(office, storeId);
const pointId = `${merchantUid}_PP1`;
const [offer] = twin.offers({ merchantUid, limit: 1 });
const [product] = await db
  .select()
  .from(products)
  .where(and(eq(products.storeId, storeId), eq(products.sku, offer?.sku ?? "")));
const productId = product?.id ?? "";

const order = (quantity: number, said: object = {}) =>
  twin.addOrder({ merchantUid, pointId, lines: [{ offer: 0, quantity }], ...said });

async function counted(count: number) {
  await setStocks(db, owner, { productId, counts: [{ pointId, count }] }, clock());
  twin.advance({ ms: MINUTE });
}

async function left(): Promise<number | undefined> {
  twin.advance({ ms: MINUTE });
  await readOrdersNow(office, storeId);
  const [row] = await db.select().from(productStocks).where(eq(productStocks.productId, productId));
  return row?.count;
}

const cancel = (code: string) =>
  twin.changeOrder({ merchantUid, code, state: "ARCHIVE", status: "CANCELLED" });

beforeEach(async () => {
  twin.clearFaults();
  twin.forgetOrders();
  await db.delete(orders);
  await db.delete(orderReads);
  await db.delete(productStocks);
});

test("an order takes its pieces off the count once, a cancelled one gives them back once", async () => {
  await counted(10);
  const { code } = order(3);
  expect(await left()).toBe(7);
  expect(await left()).toBe(7);
  cancel(code);
  expect(await left()).toBe(10);
  expect(await left()).toBe(10);
});

test("it never goes below nothing, and gives back no more than it took", async () => {
  await counted(2);
  const { code } = order(5);
  twin.advance({ ms: MINUTE });
  order(1);
  expect(await left()).toBe(0);
  cancel(code);
  expect(await left()).toBe(2);
});

test("two orders at once take from one count", async () => {
  await counted(5);
  order(2);
  order(2);
  expect(await left()).toBe(1);
});

test("an order from before the count, and one that came cancelled, take nothing", async () => {
  order(2);
  twin.advance({ ms: MINUTE });
  await counted(10);
  order(1, { state: "ARCHIVE", status: "CANCELLED" });
  expect(await left()).toBe(10);
});

test("a count that was set anew is not added to", async () => {
  await counted(10);
  const { code } = order(3);
  expect(await left()).toBe(7);
  await counted(6);
  cancel(code);
  expect(await left()).toBe(6);
});

test("weighed goods count by whole pieces begun; another point and a return change nothing", async () => {
  await counted(10);
  const { code } = order(1.2);
  order(4, { pointId: `${merchantUid}_PP7` });
  expect(await left()).toBe(8);
  twin.changeOrder({ merchantUid, code, state: "ARCHIVE", status: "RETURNED" });
  twin.advance({ ms: HOUR });
  expect(await left()).toBe(8);
});
