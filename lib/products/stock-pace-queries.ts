import { and, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { products } from "@/lib/db/schema/products";
import { salesProductDays as days } from "@/lib/db/schema/sales";
import { productStocks } from "@/lib/db/schema/table-files";
import { workspace } from "@/lib/db/schema/workspace";
import { VELOCITY_DAYS } from "./stock-pace-model";

/** Of `sales_product_days`: the days that the pace of sales is taken from. */
export const lately = (now: Date) => {
  const today = sql`(select (${now.toISOString()}::timestamptz at time zone ${workspace.timeZone})::date
    from ${workspace})`;
  return and(gte(days.day, sql`${today} - ${VELOCITY_DAYS}::int`), lt(days.day, today));
};

/** Of `products`: whether the seller counts it at some point. */
export const isOwnCount = sql<boolean>`exists (select from ${productStocks} kept
  where kept.product_id = ${products}.id)`;

/**
 * Of `products`: how many there are at the points that sell it, by the seller's own count where there is one, else by
 * Kaspi's; null: at some of them nobody counts.
 */
export const piecesThere = sql<number | null>`case when ${isOwnCount} then (
    select case when bool_and(there.count is not null) then sum(there.count) end
    from (select coalesce(kept.count, (point ->> 'count')::numeric) as count
      from jsonb_array_elements(${products}.points) point
      left join ${productStocks} kept
        on kept.product_id = ${products}.id and kept.point_id = point ->> 'id'
      where (point ->> 'available')::boolean) there)
  else ${products}.stock end`;

/**
 * For how many days a stock lasts of which so many units went in the last days (`VELOCITY_DAYS`); null:
 * nobody counts it, or none went.
 */
export const daysLeftOf = (stock: SQL, units: SQL) =>
  sql<
    number | null
  >`case when ${units} > 0 then ${stock} * ${VELOCITY_DAYS}::numeric / ${units} end`;

/**
 * For how many whole days the stock of each of these products lasts at the pace of sales, by the seller's
 * own count, else by Kaspi's; those of which nobody knows, or nothing is sold, are missing.
 */
export async function stockDaysOf(
  tx: Tx,
  productIds: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  if (productIds.length === 0) return new Map();
  const units = sql`(select sum(${days}.units) from ${days}
    where ${days}.product_id = ${products}.id and ${lately(now)})`;
  const rows = await tx
    .select({
      id: products.id,
      left: sql<number | null>`floor(${daysLeftOf(piecesThere, units)})::int`,
    })
    .from(products)
    .where(
      sql`${products.id} = any(${sql.param([...productIds])}::uuid[]) and ${piecesThere} is not null`,
    );
  return new Map(rows.flatMap(({ id, left }) => (left === null ? [] : [[id, left]])));
}
