import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { HOUR, MINUTE } from "@/lib/core/time";
import { orderReads, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { productStocks } from "@/lib/db/schema/table-files";
import { goodsOf } from "@/lib/orders/link-queries";
import { noteLinked } from "@/lib/orders/read-state-queries";
import { storeOrders } from "@/lib/orders/store-queries";
import { setStocks } from "@/lib/products/set-stocks";
import { setToken } from "@/lib/stores/token-queries";
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
const offers = twin.offers({ merchantUid, limit: 3 });
const skuOf = (nth: number) => offers[nth]?.sku ?? "";

async function productOf(sku: string): Promise<string> {
  const [row] = await db
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.storeId, storeId), eq(products.sku, sku)));
  if (!row) throw new Error(`no product ${sku}`);
  return row.id;
}

async function count(sku: string, pieces: number) {
  const productId = await productOf(sku);
  await setStocks(db, owner, { productId, counts: [{ pointId, count: pieces }] }, clock());
}

async function left(sku: string): Promise<number | undefined> {
  const productId = await productOf(sku);
  const [row] = await db.select().from(productStocks).where(eq(productStocks.productId, productId));
  return row?.count;
}

async function read(): Promise<void> {
  twin.advance({ ms: HOUR });
  await readOrdersNow(office, storeId);
}

const order = (lines: { offer: number; quantity?: number; weight?: number; sku?: string }[]) => {
  twin.advance({ ms: MINUTE });
  return twin.addOrder({ merchantUid, pointId, lines }).code;
};

async function linesOf(code: string) {
  return shop.entries((await shop.order(code)).id);
}

beforeEach(async () => {
  twin.clearFaults();
  twin.forgetOrders();
  await db.delete(orders);
  await db.delete(orderReads);
  await db.delete(productStocks);
});

test("when the first line is cancelled the other one moves up with its product and its stock", async () => {
  await count(skuOf(0), 10);
  await count(skuOf(1), 10);
  const code = order([
    { offer: 0, quantity: 2 },
    { offer: 1, quantity: 3 },
  ]);
  await read();
  expect([await left(skuOf(0)), await left(skuOf(1))]).toEqual([8, 7]);
  const [, before] = await linesOf(code);
  twin.dropLine({ merchantUid, code, nth: 0 });
  await read();
  const [line, ...none] = await linesOf(code);
  expect(none).toEqual([]);
  expect(line).toMatchObject({
    ...{ id: before?.id, nth: 0, sku: skuOf(1), productId: await productOf(skuOf(1)) },
    stockTaken: 3,
  });
  expect([await left(skuOf(0)), await left(skuOf(1))]).toEqual([10, 7]);
});

test("the cabinet's numbers are its own: lines read by token keep what they are about", async () => {
  await count(skuOf(1), 10);
  const code = order([{ offer: 0 }, { offer: 1, quantity: 3 }]);
  await read();
  twin.dropLine({ merchantUid, code, nth: 0 });
  await setToken(db, owner, storeId, null, clock());
  await read();
  await setToken(db, owner, storeId, access.vault.seal(shop.token), clock());
  const [line] = await linesOf(code);
  expect(line).toMatchObject({ sku: skuOf(1), productId: await productOf(skuOf(1)) });
  expect(await left(skuOf(1))).toBe(7);
});

test("two lines that change places are written without meeting", async () => {
  const code = order([{ offer: 0 }, { offer: 1 }]);
  await read();
  twin.order({ merchantUid, code }).entries.reverse();
  await read();
  expect((await linesOf(code)).map(({ sku }) => sku)).toEqual([skuOf(1), skuOf(0)]);
});

test("of a line cancelled in part its pieces come back, of one that grew more are taken", async () => {
  await count(skuOf(0), 10);
  const code = order([{ offer: 0, quantity: 3 }]);
  await read();
  expect(await left(skuOf(0))).toBe(7);
  twin.changeLine({ merchantUid, code, nth: 0, quantity: 1 });
  await read();
  expect(await left(skuOf(0))).toBe(9);
  twin.changeLine({ merchantUid, code, nth: 0, quantity: 4 });
  await read();
  expect(await left(skuOf(0))).toBe(6);
  twin.changeLine({ merchantUid, code, nth: 0, quantity: 0 });
  await read();
  expect(await left(skuOf(0))).toBe(10);
});

test("a line that got less than it ordered gives back nothing it never had", async () => {
  await count(skuOf(0), 2);
  const code = order([{ offer: 0, quantity: 5 }]);
  await read();
  expect(await left(skuOf(0))).toBe(0);
  twin.changeLine({ merchantUid, code, nth: 0, quantity: 3 });
  await read();
  expect(await left(skuOf(0))).toBe(0);
  twin.changeLine({ merchantUid, code, nth: 0, quantity: 1 });
  await read();
  expect(await left(skuOf(0))).toBe(1);
});

test("a line whose product comes later takes its pieces then", async () => {
  const sku = "придёт-позже";
  const code = order([{ offer: 2, quantity: 2, sku }]);
  const cardId = twin.order({ merchantUid, code }).entries[0]?.cardId ?? "";
  await db.update(products).set({ cardId: null }).where(eq(products.cardId, cardId));
  await read();
  expect((await linesOf(code))[0]?.productId).toBeNull();
  const [late] = await db
    .insert(products)
    .values({ storeId, sku, name: "Пришёл", onSale: true })
    .returning({ id: products.id });
  const setAt = new Date(clock().getTime() - 24 * HOUR);
  await db
    .insert(productStocks)
    .values({ storeId, productId: late?.id ?? "", pointId, count: 5, setAt });
  await read();
  expect((await linesOf(code))[0]).toMatchObject({ productId: late?.id, stockTaken: 2 });
  expect(await left(sku)).toBe(3);
  await db.delete(products).where(eq(products.sku, sku));
});

test("what is weighed counts by its kilograms where they make the sum", async () => {
  await count(skuOf(0), 10);
  const code = order([{ offer: 0, quantity: 3, weight: 3_800 }]);
  await read();
  const [line] = await linesOf(code);
  expect(line).toMatchObject({ quantity: 3, unitType: "MEASURABLE_PIECES", amount: 3.8 });
  expect(await left(skuOf(0))).toBe(6);
  await setToken(db, owner, storeId, null, clock());
  await read();
  await setToken(db, owner, storeId, access.vault.seal(shop.token), clock());
  expect((await linesOf(code))[0]).toMatchObject({ amount: 3.8, unitPrice: line?.unitPrice });
});

test("a weight that does not make the sum is no amount at all; pieces are their own", async () => {
  const code = order([
    { offer: 0, quantity: 3, weight: 3_800 },
    { offer: 1, quantity: 2 },
  ]);
  await read();
  const row = await shop.order(code);
  const reading = { storeId, source: "shop_api", readAt: clock() } as const;
  const [weighed, plain] = await linesOf(code);
  if (!weighed || !plain) throw new Error("lines are missing");
  const entries = [
    { ...weighed, weight: 2_000 },
    { ...plain, weight: 5_000 },
  ].map((one) => ({ ...one, quantity: Number(one.quantity) }));
  const said = { ...row, isStatusGuessed: false, emptied: [], entries };
  await storeOrders(db, reading, [said as never], clock());
  expect((await linesOf(code)).map(({ amount }) => amount)).toEqual([null, 2]);
});

test("lines without a product look for one again only where there are other goods", async () => {
  order([{ offer: 0 }]);
  await read();
  const store = { id: storeId, source: "shop_api" } as const;
  const goods = await goodsOf(db, storeId);
  expect(await noteLinked(db, store, goods)).toBe(false);
  await db.insert(products).values({ storeId, sku: "ещё один", name: "Ещё", onSale: true });
  const others = await goodsOf(db, storeId);
  expect(others).not.toBe(goods);
  expect(await noteLinked(db, store, others)).toBe(true);
  await db.delete(products).where(eq(products.sku, "ещё один"));
  expect(await goodsOf(db, storeId)).toBe(goods);
});
