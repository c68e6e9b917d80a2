import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";

/** Everything of a page of Kaspi's list that a sync may write; what the seller set is not among it. */
export type SyncedProduct = Pick<
  typeof products.$inferSelect,
  | "sku"
  | "cardId"
  | "offerId"
  | "name"
  | "brand"
  | "category"
  | "imageUrl"
  | "shopPath"
  | "price"
  | "stock"
  | "onSale"
>;

/**
 * Writes one page of the list in one statement. Returns how many rows were new. The page travels as
 * one JSON parameter: building a statement of 1,700 parameters costs more than Postgres needs for it.
 */
export async function upsertProducts(
  tx: Tx,
  store: { storeId: string; mainCityId: string },
  page: SyncedProduct[],
  now: Date,
): Promise<{ created: number }> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [saved] = await tx.execute<{ created: number }>(sql`
    with page as (
      select * from json_to_recordset(${JSON.stringify(page)}::json) as offer(
        "sku" text, "cardId" text, "offerId" text, "name" text, "brand" text, "category" text,
        "imageUrl" text, "shopPath" text, "price" integer, "stock" integer, "onSale" boolean)
    ), saved as (
      insert into ${products} (store_id, sku, card_id, offer_id, name, brand, category, image_url,
        shop_path, price, stock, on_sale, seen_at)
      select ${store.storeId}::uuid, "sku", "cardId", "offerId", "name", "brand", "category",
        "imageUrl", "shopPath", "price", "stock", "onSale", ${at} from page
      on conflict (store_id, sku) do update set
        card_id = excluded.card_id, offer_id = excluded.offer_id, name = excluded.name,
        brand = excluded.brand, category = excluded.category, image_url = excluded.image_url,
        shop_path = excluded.shop_path, price = excluded.price, stock = excluded.stock,
        on_sale = excluded.on_sale, gone_at = null, seen_at = excluded.seen_at, updated_at = ${at}
      returning id, price, xmax = 0 as is_new
    ), priced as (
      insert into ${productCities} (product_id, store_id, city_id, price, next_check_at)
      select id, ${store.storeId}::uuid, ${store.mainCityId}, price, ${at} from saved order by id
      on conflict (product_id, city_id) do update set price = excluded.price
        where product_cities.price is distinct from excluded.price
    )
    select (count(*) filter (where is_new))::int as created from saved`);
  return { created: saved?.created ?? 0 };
}

/** How many products of the store the walk that began at `since` has met. */
export async function countSeen(tx: Tx, storeId: string, since: Date): Promise<number> {
  const [row] = await tx
    .select({ seen: sql<number>`count(*)::int` })
    .from(products)
    .where(and(eq(products.storeId, storeId), sql`${products.seenAt} >= ${since.toISOString()}`));
  return row?.seen ?? 0;
}

/** How many products of the store are known and not gone. */
export async function countKnown(tx: Tx, storeId: string): Promise<number> {
  const [row] = await tx
    .select({ known: sql<number>`count(*)::int` })
    .from(products)
    .where(and(eq(products.storeId, storeId), isNull(products.goneAt)));
  return row?.known ?? 0;
}

/** After a complete walk: what it did not meet is gone from Kaspi. Nothing is deleted. */
export async function markGone(tx: Tx, storeId: string, since: Date, now: Date): Promise<number> {
  const gone = await tx
    .update(products)
    .set({ goneAt: now, onSale: false, updatedAt: now })
    .where(
      and(
        eq(products.storeId, storeId),
        isNull(products.goneAt),
        sql`${products.seenAt} < ${since.toISOString()}`,
      ),
    )
    .returning({ id: products.id });
  return gone.length;
}

/** Refreshes the number shown on the store. */
export async function recountProducts(tx: Tx, storeId: string): Promise<number> {
  const [row] = await tx
    .update(stores)
    .set({
      productsCount: sql`(select count(*)::int from ${products} where ${products.storeId} = ${storeId} and ${products.goneAt} is null)`,
    })
    .where(eq(stores.id, storeId))
    .returning({ count: stores.productsCount });
  return row?.count ?? 0;
}
