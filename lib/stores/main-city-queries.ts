import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { keepPricedCities, lockProducts, ofStore } from "./priced-queries";

/** Whether the store has a point that gives goods out in each of these cities. */
export async function haveActivePoints(
  tx: Tx,
  storeId: string,
  cityIds: readonly string[],
): Promise<boolean> {
  const wanted = new Set(cityIds);
  if (wanted.size === 0) return true;
  const cities = await tx
    .selectDistinct({ id: pickupPoints.cityId })
    .from(pickupPoints)
    .where(
      and(
        eq(pickupPoints.storeId, storeId),
        eq(pickupPoints.isActive, true),
        sql`${pickupPoints.cityId} = any(${sql.param([...wanted])}::text[])`,
      ),
    );
  return cities.length === wanted.size;
}

/**
 * Moves the store's products to another main city: the price there of those that have no prices by city
 * is unknown until Kaspi is read. All of them are locked first, as the exit gate locks its one.
 */
export async function moveToCity(
  tx: Tx,
  storeId: string,
  cityId: string,
  now: Date,
): Promise<void> {
  await lockProducts(tx, ofStore(storeId));
  await tx
    .update(products)
    .set({
      price: sql`case when ${products.cityPrices} is not null then ${products.price} end`,
      updatedAt: now,
    })
    .where(ofStore(storeId));
  await tx
    .update(stores)
    .set({ mainCityId: cityId, pricedCities: besides(cityId) })
    .where(eq(stores.id, storeId));
  await keepPricedCities(tx, ofStore(storeId), now);
}

/** Where several cities are priced, the one that was the main city goes on being priced. */
const besides = (cityId: string) => sql`case when cardinality(${stores.pricedCities}) > 0 then
  array_remove(array_append(array_remove(${stores.pricedCities}, ${stores.mainCityId}),
    ${stores.mainCityId}), ${cityId}) end`;

export async function setPricedBesides(
  tx: Tx,
  storeId: string,
  cityIds: string[],
  now: Date,
): Promise<void> {
  await lockProducts(tx, ofStore(storeId));
  const pricedCities = cityIds.length > 0 ? cityIds : null;
  await tx.update(stores).set({ pricedCities }).where(eq(stores.id, storeId));
  await keepPricedCities(tx, ofStore(storeId), now);
}
