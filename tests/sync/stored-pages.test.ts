import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { productCities, products } from "@/lib/db/schema/products";
import { syncPages } from "@/lib/db/schema/sync";
import { runs } from "@/lib/db/schema/workspace";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, twin } = office;
const { db } = access;
const { storeId, merchantId: merchantUid } = await connectedStore(office);

beforeEach(async () => {
  twin.clearFaults();
  await db.delete(runs);
  await syncNow(office, storeId);
});

/** Which version of each row there is: a new one for every write. */
const versions = async () => ({
  products: await db.select({ sku: products.sku, at: sql`ctid::text` }).from(products),
  cities: await db.select({ id: productCities.productId, at: sql`ctid::text` }).from(productCities),
});

test("a sync that finds nothing new writes no product", async () => {
  const before = await versions();
  expect(await syncNow(office, storeId)).toMatchObject({ created: 0, updated: 0, complete: true });
  const after = await versions();
  expect(new Set(after.products)).toEqual(new Set(before.products));
  expect(new Set(after.cities)).toEqual(new Set(before.cities));
});

test("a sync writes the one product that changed, and says so", async () => {
  const [one] = await db.select().from(products).where(eq(products.onSale, true)).limit(1);
  const sku = one?.sku ?? "";
  const before = await versions();
  twin.changeOffer({ merchantUid, sku, price: 54_321, cityPrices: null });
  expect(await syncNow(office, storeId)).toMatchObject({ created: 0, updated: 1 });
  const kept = new Set(before.products.map((row) => `${row.sku} ${row.at}`));
  const written = (await versions()).products.filter((row) => !kept.has(`${row.sku} ${row.at}`));
  expect(written.map((row) => row.sku)).toEqual([sku]);
  expect(await db.select().from(products).where(eq(products.sku, sku))).toMatchObject([
    { price: 54_321 },
  ]);
});

test("a price Kaspi shows differently in the city is put right though the product is as it was", async () => {
  const [one] = await db.select().from(products).where(eq(products.onSale, true)).limit(1);
  const ofOne = eq(productCities.productId, one?.id ?? "");
  await db
    .update(productCities)
    .set({ price: tenge(1) })
    .where(ofOne);
  await syncNow(office, storeId);
  expect(await db.select().from(productCities).where(ofOne)).toMatchObject([{ price: one?.price }]);
});

test("what a walk met is forgotten when it is over", async () => {
  expect(await db.$count(syncPages)).toBe(0);
});
