import { and, asc, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { feeds } from "@/lib/db/schema/feeds";
import { stores } from "@/lib/db/schema/kaspi";
import { priceListUploads } from "@/lib/db/schema/price-lists";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { stocksKeptSince } from "@/lib/products/stock-queries";
import { inItsCity, isStillGood, waitsInFeed } from "@/lib/repricing/send/feed-queries";

const BATCH = 2_000;

/** What Kaspi sells of the store, whatever a person has hidden here: a list without it would end its sale. */
const onSale = (storeId: string) =>
  and(eq(products.storeId, storeId), eq(products.onSale, true), isNull(products.goneAt));

const goodsColumns = {
  id: products.id,
  sku: products.sku,
  name: products.name,
  model: products.model,
  brand: products.brand,
  points: products.points,
  cityPrices: products.cityPrices,
  price: products.price,
  stocks: stocksKeptSince,
};

const goodsAfter = (tx: Tx, storeId: string, after: string | null) =>
  tx
    .select(goodsColumns)
    .from(products)
    .where(and(onSale(storeId), after === null ? undefined : gt(products.id, after)))
    .orderBy(asc(products.id))
    .limit(BATCH);

export type GoodsRow = Awaited<ReturnType<typeof goodsAfter>>[number];

/** When Kaspi was last told all of the store's stock, and what it has shown since is known; null: never. */
export async function stocksTold(tx: Tx, storeId: string): Promise<Date | null> {
  const [row] = await tx
    .select({
      told: sql<string | null>`(select max(at) from (
        select f.fetched_at as at from ${feeds} f where f.store_id = ${stores}.id
        union all select u.sent_at from ${priceListUploads} u
          where u.store_id = ${stores}.id and u.state = 'done') told
        where at + interval '10 minutes' < ${stores}.whole_since)`,
    })
    .from(stores)
    .where(eq(stores.id, storeId));
  return row?.told ? new Date(row.told) : null;
}

/** Everything of a store that is on sale, a batch at a time, in the order of the ids. */
export async function* goodsOnSale(tx: Tx, storeId: string): AsyncGenerator<GoodsRow[]> {
  let after: string | null = null;
  for (;;) {
    const rows: GoodsRow[] = await goodsAfter(tx, storeId, after);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.id ?? null;
  }
}

const underWayColumns = (now: Date) => ({
  id: decisions.id,
  productId: decisions.productId,
  cityId: decisions.cityId,
  price: decisions.price,
  /** Put into the list, and not fetched yet. */
  waits: sql<boolean>`${waitsInFeed}`,
  isStillGood: isStillGood(now),
});

export type UnderWayRow = {
  id: string;
  productId: string;
  cityId: string;
  price: Tenge;
  waits: boolean;
  isStillGood: boolean;
};

/** The prices of a store that have passed the gate and that Kaspi does not show yet, the oldest first. */
export async function pricesUnderWay(tx: Tx, storeId: string, now: Date): Promise<UnderWayRow[]> {
  const rows = await tx
    .select(underWayColumns(now))
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .innerJoin(productCities, inItsCity)
    .where(
      and(
        eq(decisions.storeId, storeId),
        inArray(decisions.state, ["sending", "sent"]),
        isNotNull(decisions.price),
      ),
    )
    .orderBy(asc(decisions.sendingAt), asc(decisions.seq));
  return rows.flatMap((row) => (row.price === null ? [] : [{ ...row, price: row.price }]));
}

/** Of an article on sale: the prices that may leave, each asked of the database anew. */
export type AllowedRow = {
  sku: string;
  shown: Tenge | null;
  byCity: Record<string, number[]> | null;
  common: number[];
};

const lively: SQL = sql`d.state in ('sending', 'sent') and d.price is not null`;

/**
 * What every article of a store may be sold for in a list, ₸: what Kaspi shows, and what is under way to
 * it. For the gate of lists alone: what makes them asks otherwise.
 */
export async function allowedPrices(tx: Tx, storeId: string): Promise<AllowedRow[]> {
  const rows = await tx.execute<AllowedRow>(sql`
    select p.sku, p.price as shown,
      coalesce(array_agg(d.price) filter (where d.price is not null), '{}') as common,
      case when p.city_prices is not null then (
        select jsonb_object_agg(city, prices) from (
          select city, jsonb_agg(price) as prices from (
            select key as city, value::int as price from jsonb_each_text(p.city_prices)
            union all
            select d.city_id, d.price from ${decisions} d where d.product_id = p.id and ${lively}
          ) each_price group by city
        ) cities
      ) end as "byCity"
    from ${products} p
    left join ${decisions} d on d.product_id = p.id and ${lively}
    where p.store_id = ${storeId} and p.on_sale and p.gone_at is null
    group by p.id`);
  return [...rows];
}

/** The prices that people want of a store's products and that have not left yet, ₸. */
export async function pricesWanted(
  tx: Tx,
  storeId: string,
): Promise<{ productId: string; cityId: string; price: Tenge }[]> {
  const rows = await tx
    .select({
      productId: decisions.productId,
      cityId: decisions.cityId,
      price: decisions.price,
    })
    .from(decisions)
    .where(
      and(
        eq(decisions.storeId, storeId),
        eq(decisions.origin, "manual"),
        inArray(decisions.state, ["pending", "sending", "sent"]),
      ),
    );
  return rows.flatMap(({ price, ...row }) => (price === null ? [] : [{ ...row, price }]));
}
