import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { productCosts } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { syncPages } from "@/lib/db/schema/sync";
import { priceMet } from "@/lib/stores/priced-queries";

/** Everything of a page of Kaspi's list that a sync may write; what the seller set is not among it. */
export type SyncedProduct = Pick<
  typeof products.$inferSelect,
  | "sku"
  | "cardId"
  | "offerId"
  | "name"
  | "brand"
  | "category"
  | "model"
  | "points"
  | "imageUrl"
  | "shopPath"
  | "cityPrices"
  | "stock"
  | "onSale"
> & {
  /** Where no city has a price of its own. */
  price: (typeof products.$inferSelect)["price"];
};

/**
 * Writes what a page of the list brings that is new or different, and that the run has met it, in one
 * statement; a product that is as it was is read and not written. Returns how many rows were new and
 * how many changed. The page travels as one JSON parameter: building a statement of 1,700 parameters
 * costs more than Postgres needs for it. Rows are looked up one by one (`lateral … limit 1`): the plan
 * must not depend on statistics, which a store that is growing does not have yet. Which city leads a known
 * product is changed at the end of the walk, by `keepPricedCities` alone. Another category has
 * another commission: a floor computed from cost is then computed anew.
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
        "model" text, "points" jsonb, "imageUrl" text, "shopPath" text, "price" integer, "cityPrices" jsonb, "stock" integer,
        "onSale" boolean)
    ), read as (
      select page.*, p.id, p.bot_enabled, cities, shown, p.gone_at is not null
        or p.removed_at is not null or (p.card_id, p.offer_id, p.name, p.brand, p.category, p.model, p.points,
          p.image_url, p.shop_path, p.price,
          p.city_prices, p.lead_city_id, p.stock, p.on_sale) is distinct from ("cardId", "offerId",
          page."name", page."brand", page."category", page."model", page."points", "imageUrl", "shopPath", shown, "cityPrices",
          cities[1], page."stock", "onSale") as differs
      from page cross join (select priced_cities as of_store from ${stores} where id = ${storeId}) store
      left join lateral (select *, priced_cities as own from ${products}
        where store_id = ${storeId} and sku = page.sku limit 1) p on true
      cross join lateral (
        select priced_cities("cityPrices", own, of_store, ${walk.mainCityId}) as cities) meant
      cross join lateral (select coalesce(("cityPrices" ->> cities[1])::int, page.price) as shown) seen
    ), locked as (
      select id from ${products} where id = any(array(
        select id from read where id is not null and differs))
      order by id for no key update
    ), changed as (
      update ${products} set card_id = "cardId", offer_id = "offerId", name = read.name,
        brand = read.brand, category = read.category, model = read.model, points = read.points,
        image_url = "imageUrl",
        shop_path = "shopPath", price = shown, city_prices = "cityPrices",
        lead_city_id = coalesce(products.lead_city_id, cities[1]),
        stock = read.stock, on_sale = "onSale", gone_at = null, removed_at = null,
        updated_at = ${at},
        cost_floor_until = case when products.category is distinct from read.category
          and exists (select from ${productCosts} where product_id = products.id and superseded_at is null)
          then ${at} else cost_floor_until end
      from read where products.id = read.id
        and products.id = any(array(select id from locked))
      returning products.id
    ), created as (
      insert into ${products} (store_id, sku, card_id, offer_id, name, brand, category, model,
        points, image_url, shop_path, price, city_prices, lead_city_id, stock, on_sale)
      select ${storeId}, "sku", "cardId", "offerId", "name", "brand", "category", "model", "points",
        "imageUrl", "shopPath", shown, "cityPrices", cities[1], "stock", "onSale"
      from read where id is null
      on conflict (store_id, sku) do nothing
      returning id, sku
    ), met as (
      select coalesce(read.id, created.id) as id, ${storeId} as store_id, bot_enabled,
        "cityPrices" as city_prices, shown as price, cities
      from read left join created on created.sku = read.sku
      where read.id is not null or created.id is not null
    ), kept as (
      insert into ${syncPages} (run_id, product_ids)
      select ${walk.runId}::uuid, array_agg(id) from met having count(*) > 0
    ), priced as (${priceMet(now)})
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
 * After a complete walk: what it did not meet is gone from Kaspi, and `sold` of it were on sale until now.
 * Nothing is deleted. `except` is the one way to subtract that is never a loop in a loop, whatever the
 * statistics say.
 */
export async function markGone(
  tx: Tx,
  { storeId, runId }: { storeId: string; runId: string },
  now: Date,
): Promise<{ gone: number; sold: number }> {
  const known = and(eq(products.storeId, storeId), isNull(products.goneAt));
  const missing = await tx
    .select({ id: products.id, onSale: products.onSale })
    .from(products)
    .where(
      sql`${products.id} in (select id from ${products} where ${known} except ${idsMetBy(runId)})`,
    )
    .orderBy(asc(products.id))
    .for("no key update");
  const ids = missing.map(({ id }) => id);
  if (ids.length > 0)
    await tx
      .update(products)
      .set({ goneAt: now, onSale: false, updatedAt: now })
      .where(sql`${products.id} = any(${sql.param(ids)}::uuid[])`);
  return { gone: ids.length, sold: missing.filter(({ onSale }) => onSale).length };
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
