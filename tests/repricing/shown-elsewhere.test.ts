import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { recordShown } from "@/lib/repricing/send/shown-queries";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { db } = office.access;

test("a price read back of a city the store has left is not the product's", async () => {
  const { storeId } = await connectedStore(office);
  await syncNow(office, storeId);
  const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
  const [product] = await db.select().from(products).where(eq(products.storeId, storeId));
  if (!store?.mainCityId || !product) throw new Error("nothing to look at");
  const rest = { cardId: null, model: null, points: null };
  const shown = async (cityId: string, price: number) => {
    const row = { price: tenge(price), cityPrices: null, onSale: true, ...rest };
    await recordShown(db, { productId: product.id, cityId }, row, office.access.clock());
    const [after] = await db.select().from(products).where(eq(products.id, product.id));
    return after?.price;
  };
  expect(await shown("000000000", 777)).toBe(product.price);
  expect(await shown(store.mainCityId, 888)).toBe(888);
});
