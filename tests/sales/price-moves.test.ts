import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { productCities } from "@/lib/db/schema/products";
import { lastPrices } from "@/lib/sales/price-move-queries";
import { goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access } = office;
const { storeId, merchantId } = await connectedStore(office);
await syncNow(office, storeId);
const [first, second] = await goodsOnSale(office, storeId, merchantId);
if (!first || !second) throw new Error("the shop has too few goods of its own");

test("the price before is the last other one that Kaspi had shown for us", async () => {
  const one = handle(office, first);
  const before = one.kaspiPrice();
  await one.watch({ floor: Math.floor(before * 0.5), ceiling: Math.ceil(before * 1.5) });
  one.rivals(Math.floor(before * 0.97));
  await one.cycle();
  const now = one.kaspiPrice();
  expect(now).toBeLessThan(before);
  expect(await lastPrices(access.db, [one.productId])).toMatchObject([
    { id: one.productId, price: now, priceBefore: before },
  ]);
});

test("one that was set in the cabinet since is the present one, and ours the one before", async () => {
  const one = handle(office, second);
  const before = one.kaspiPrice();
  await one.watch({ floor: Math.floor(before * 0.5), ceiling: Math.ceil(before * 1.5) });
  one.rivals(Math.floor(before * 0.97));
  await one.cycle();
  const ours = one.kaspiPrice();
  const elsewhere = tenge(before + 100);
  await access.db
    .update(productCities)
    .set({ price: elsewhere })
    .where(and(eq(productCities.productId, one.productId), eq(productCities.cityId, one.cityId)));
  expect(await lastPrices(access.db, [one.productId])).toMatchObject([
    { price: elsewhere, priceBefore: ours },
  ]);
});

test("a product whose price was never changed here has none", async () => {
  expect(await lastPrices(access.db, ["6b1f8a51-0000-4000-8000-000000000000"])).toEqual([]);
});
