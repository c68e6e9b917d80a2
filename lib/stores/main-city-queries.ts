import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";

/** Whether the store has a point in the city that gives goods out. */
export async function hasActivePoint(tx: Tx, storeId: string, cityId: string): Promise<boolean> {
  const points = and(
    eq(pickupPoints.storeId, storeId),
    eq(pickupPoints.cityId, cityId),
    eq(pickupPoints.isActive, true),
  );
  return (await tx.$count(pickupPoints, points)) > 0;
}

/**
 * Moves the store's products to another main city: their price there is unknown until Kaspi is read,
 * and they are looked at next. Rows are locked in the order of the exit gate: products, decisions,
 * store, cities.
 */
export async function moveToCity(
  tx: Tx,
  storeId: string,
  cityId: string,
  now: Date,
): Promise<void> {
  const present = and(eq(products.storeId, storeId), isNull(products.goneAt));
  const ordered = tx
    .select({ id: products.id })
    .from(products)
    .where(present)
    .orderBy(asc(products.id))
    .for("no key update");
  await tx
    .update(products)
    .set({ price: null, updatedAt: now })
    .where(inArray(products.id, ordered));
  await voidUnsent(tx, storeId);
  await tx.update(stores).set({ mainCityId: cityId }).where(eq(stores.id, storeId));
  const rows = tx
    .select({
      productId: products.id,
      storeId: products.storeId,
      cityId: sql<string>`${cityId}`.as("city_id"),
      price: sql`null::integer`.as("price"),
      nextCheckAt: sql`${now.toISOString()}::timestamptz`.as("next_check_at"),
    })
    .from(products)
    .where(present)
    .orderBy(asc(products.id));
  await tx.execute(sql`
    insert into ${productCities} (product_id, store_id, city_id, price, next_check_at) ${rows}
    on conflict (product_id, city_id) do update set price = null, next_check_at = excluded.next_check_at`);
}

/** What was decided for the city the store leaves is not sent any more. */
async function voidUnsent(tx: Tx, storeId: string): Promise<void> {
  const unsent = tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.storeId, storeId), inArray(decisions.state, ["pending", "frozen"])))
    .orderBy(asc(decisions.id))
    .for("update");
  await tx
    .update(decisions)
    .set({ state: "superseded", stateReason: "other_city", stateParams: {}, notBefore: null })
    .where(inArray(decisions.id, unsent));
}
