import { and, asc, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { cityColumns } from "@/lib/products/city-queries";
import { countingCeiling, countingFloor } from "@/lib/products/limit-queries";
import { stocksKept } from "@/lib/products/stock-queries";
import { waitsInFeed } from "@/lib/repricing/send/feed-queries";

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
  stocks: stocksKept,
};

const goodsAfter = (tx: Tx, storeId: string, after: string | null) =>
  tx
    .select(goodsColumns)
    .from(products)
    .where(and(onSale(storeId), after === null ? undefined : gt(products.id, after)))
    .orderBy(asc(products.id))
    .limit(BATCH);

export type GoodsRow = Awaited<ReturnType<typeof goodsAfter>>[number];

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

/** What waits to be fetched must still lie between its limits; a bot's, with the bot still free to set it. */
const isStillGood = sql`(${decisions.price} >= coalesce(${countingFloor}, 10)
  and ${decisions.price} <= coalesce(${countingCeiling}, ${decisions.price})
  and (${decisions.origin} <> 'bot' or (${products.botEnabled} and not ${cityColumns.manualLock}
    and ${countingFloor} is not null)))`;

const underWayColumns = {
  id: decisions.id,
  productId: decisions.productId,
  cityId: decisions.cityId,
  price: decisions.price,
  /** Put into the list, and not fetched yet. */
  waits: sql<boolean>`${waitsInFeed}`,
  isStillGood: sql<boolean>`${isStillGood}`,
};

export type UnderWayRow = {
  id: string;
  productId: string;
  cityId: string;
  price: Tenge;
  waits: boolean;
  isStillGood: boolean;
};

/** The prices of a store that have passed the gate and that Kaspi does not show yet, the oldest first. */
export async function pricesUnderWay(tx: Tx, storeId: string): Promise<UnderWayRow[]> {
  const rows = await tx
    .select(underWayColumns)
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .innerJoin(
      productCities,
      and(
        eq(productCities.productId, decisions.productId),
        eq(productCities.cityId, decisions.cityId),
      ),
    )
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

/** The store's points, with the merchant in front. */
export async function pointsOf(tx: Tx, storeId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ id: pickupPoints.pointId })
    .from(pickupPoints)
    .where(eq(pickupPoints.storeId, storeId));
  return new Set(rows.map(({ id }) => id));
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
