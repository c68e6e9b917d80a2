import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { pickupPoints } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { productStocks } from "@/lib/db/schema/table-files";

/** The seller's own counts of a product by Kaspi's full id of the point; empty: none is kept here. */
export type Stocks = Readonly<Record<string, number>>;

/** A column: those of the row's product. Needs `products`. */
export const stocksKept = sql<Stocks>`(select coalesce(jsonb_object_agg(kept.point_id, kept.count), '{}')
  from ${productStocks} kept where kept.product_id = ${products.id})`;

/** A point of a product's store, and how many are there by the seller's own count; null: not kept here. */
export type PointStock = { pointId: string; label: string; cityName: string; count: number | null };

/** What is kept at a point, and since when it says so. */
export type KeptSince = Readonly<Record<string, { count: number; setAt: string }>>;

/** The same with the times. Needs `products`. */
export const stocksKeptSince = sql<KeptSince>`(select coalesce(jsonb_object_agg(kept.point_id,
    jsonb_build_object('count', kept.count, 'setAt', kept.set_at)), '{}')
  from ${productStocks} kept where kept.product_id = ${products.id})`;

/** The points that a product's stock can be kept at: its store's active ones, and those where it is kept. */
export async function stockByPoint(tx: Tx, productId: string): Promise<PointStock[]> {
  const count = sql<number | null>`${productStocks.count}`;
  return tx
    .select({
      pointId: pickupPoints.pointId,
      label: pickupPoints.label,
      cityName: pickupPoints.cityName,
      count,
    })
    .from(products)
    .innerJoin(pickupPoints, eq(pickupPoints.storeId, products.storeId))
    .leftJoin(
      productStocks,
      and(
        eq(productStocks.productId, products.id),
        eq(productStocks.pointId, pickupPoints.pointId),
      ),
    )
    .where(
      and(
        eq(products.id, productId),
        sql`(${pickupPoints.isActive} or ${productStocks.count} is not null)`,
      ),
    )
    .orderBy(asc(pickupPoints.cityName), asc(pickupPoints.pointId));
}

/** The points of these stores that goods are given out at: full ids by their store. */
export async function activePoints(
  tx: Tx,
  storeIds: readonly string[],
): Promise<{ storeId: string; pointId: string }[]> {
  return tx
    .select({ storeId: pickupPoints.storeId, pointId: pickupPoints.pointId })
    .from(pickupPoints)
    .where(
      and(
        sql`${pickupPoints.storeId} = any(${sql.param(storeIds)}::uuid[])`,
        pickupPoints.isActive,
      ),
    )
    .orderBy(asc(pickupPoints.pointId));
}

/** Null: it is no longer kept here. */
export type NewStock = {
  productId: string;
  storeId: string;
  pointId: string;
  count: number | null;
};

/** Keeps these counts; call it with the products locked. One statement, however many. */
export async function saveStocks(
  tx: Tx,
  rows: readonly NewStock[],
  by: string | null,
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const said = JSON.stringify(rows);
  await tx.execute(sql`with said as (
      select * from jsonb_to_recordset(${said}::text::jsonb)
        as said("productId" uuid, "storeId" uuid, "pointId" text, count integer)),
    gone as (delete from ${productStocks} kept using said
      where said.count is null and kept.product_id = said."productId" and kept.point_id = said."pointId")
    insert into ${productStocks} (product_id, store_id, point_id, count, set_at, set_by)
    select "productId", "storeId", "pointId", count, ${now.toISOString()}::timestamptz, ${by}::uuid
      from said where count is not null
    on conflict (product_id, point_id) do update
      set count = excluded.count, set_at = excluded.set_at, set_by = excluded.set_by`);
}
