import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { syncPages } from "@/lib/db/schema/sync";

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
 * Writes what a page of the list brings that is new or different, and that the run has met it, in one
 * statement; a product that is as it was is read and not written. Returns how many rows were new and
 * how many changed. The page travels as one JSON parameter: building a statement of 1,700 parameters
 * costs more than Postgres needs for it. Rows are looked up one by one (`lateral … limit 1`): the plan
 * must not depend on statistics, which a store that is growing does not have yet.
 */
export async function storePage(
  tx: Tx,
  walk: { storeId: string; runId: string; mainCityId: string },
  page: SyncedProduct[],
  now: Date,
): Promise<{ created: number; changed: number }> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const storeId = sql`${walk.storeId}::uuid`;
  const [saved] = await tx.execute<{ created: number; changed: number }>(sql`
    with page as (
      select * from json_to_recordset(${JSON.stringify(page)}::json) as offer(
        "sku" text, "cardId" text, "offerId" text, "name" text, "brand" text, "category" text,
        "imageUrl" text, "shopPath" text, "price" integer, "stock" integer, "onSale" boolean)
    ), known as (
      select page.*, p.id, p.gone_at is not null
        or (p.card_id, p.offer_id, p.name, p.brand, p.category, p.image_url, p.shop_path, p.price,
          p.stock, p.on_sale) is distinct from ("cardId", "offerId", page."name", page."brand",
          page."category", "imageUrl", "shopPath", page."price", page."stock", "onSale") as differs
      from page cross join lateral (select * from ${products}
        where store_id = ${storeId} and sku = page.sku limit 1) p
    ), locked as (
      select id from ${products} where id = any(array(select id from known where differs))
      order by id for no key update
    ), changed as (
      update ${products} set card_id = "cardId", offer_id = "offerId", name = known.name,
        brand = known.brand, category = known.category, image_url = "imageUrl",
        shop_path = "shopPath", price = known.price, stock = known.stock, on_sale = "onSale",
        gone_at = null, updated_at = ${at}
      from known where products.id = known.id
        and products.id = any(array(select id from locked))
      returning products.id
    ), created as (
      insert into ${products} (store_id, sku, card_id, offer_id, name, brand, category, image_url,
        shop_path, price, stock, on_sale)
      select ${storeId}, "sku", "cardId", "offerId", "name", "brand", "category", "imageUrl",
        "shopPath", "price", "stock", "onSale"
      from page where not exists (select from known where known.sku = page.sku)
      on conflict (store_id, sku) do nothing
      returning id, price
    ), met as (
      select id, price from known union all select id, price from created
    ), kept as (
      insert into ${syncPages} (run_id, product_ids)
      select ${walk.runId}::uuid, array_agg(id) from met having count(*) > 0
    ), priced as (
      insert into ${productCities} (product_id, store_id, city_id, price, next_check_at)
      select met.id, ${storeId}, ${walk.mainCityId}, met.price, ${at}
      from met left join lateral (select price, true as found from ${productCities}
        where product_id = met.id and city_id = ${walk.mainCityId} limit 1) c on true
      where found is null or c.price is distinct from met.price
      order by met.id
      on conflict (product_id, city_id) do update set price = excluded.price
    )
    select (select count(*)::int from created) as created, (select count(*)::int from changed) as changed`);
  return saved ?? { created: 0, changed: 0 };
}

const idsMetBy = (runId: string) =>
  sql`select unnest(${syncPages.productIds}) as id from ${syncPages} where ${eq(syncPages.runId, runId)}`;

/** How many products the walk of this run has met. */
export async function countMet(tx: Tx, runId: string): Promise<number> {
  const [row] = await tx.execute<{ met: number }>(
    sql`select count(distinct id)::int as met from (${idsMetBy(runId)}) met`,
  );
  return row?.met ?? 0;
}

/** Forgets what the walk has met: it is over. */
export async function forgetMet(tx: Tx, runId: string): Promise<void> {
  await tx.delete(syncPages).where(eq(syncPages.runId, runId));
}

/** How many products of the store are known and not gone. */
export async function countKnown(tx: Tx, storeId: string): Promise<number> {
  const [row] = await tx
    .select({ known: sql<number>`count(*)::int` })
    .from(products)
    .where(and(eq(products.storeId, storeId), isNull(products.goneAt)));
  return row?.known ?? 0;
}

/**
 * After a complete walk: what it did not meet is gone from Kaspi. Nothing is deleted. `except` is the
 * one way to subtract that is never a loop in a loop, whatever the statistics say.
 */
export async function markGone(
  tx: Tx,
  { storeId, runId }: { storeId: string; runId: string },
  now: Date,
): Promise<number> {
  const known = and(eq(products.storeId, storeId), isNull(products.goneAt));
  const gone = await tx
    .update(products)
    .set({ goneAt: now, onSale: false, updatedAt: now })
    .where(
      sql`${products.id} in (select id from ${products} where ${known} except ${idsMetBy(runId)})`,
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
