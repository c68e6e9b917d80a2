import { and, eq, type GetColumnData, isNull, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, marketObservations } from "@/lib/db/schema/repricing";
import { cityColumns } from "@/lib/products/city-queries";
import { stockDaysOf } from "@/lib/products/stock-pace-queries";
import { leadsAmong } from "@/lib/repricing/check/lead-queries";
import type { Lead, Offer } from "@/lib/repricing/decide/model";

/** The offers of a card column by column: a third of the bytes, and parsed in half the time. */
type OfferColumns = [
  merchantIds: (string | null)[] | null,
  prices: Tenge[],
  preorderDays: number[],
  ratings: Offer["rating"][],
  reviews: Offer["reviews"][],
  deliveries: Offer["delivery"][],
];

/** Null where nobody has looked: that is not the same as no sellers. */
const offerColumns = sql<OfferColumns | null>`case when ${marketObservations.id} is not null then (
  select json_build_array(json_agg(o."merchantId"), json_agg(o.price), json_agg(o."preorderDays"),
    json_agg(o.rating), json_agg(o.reviews), json_agg(o.delivery))
  from jsonb_to_recordset(${marketObservations.offers}) as o("merchantId" text, price int,
    "preorderDays" int, rating float8, reviews int, delivery text)) end`;

const { manualLock, anchor, isLead } = cityColumns;

const marketColumns = {
  productId: products.id,
  storeId: products.storeId,
  merchantId: stores.merchantId,
  cityId: productCities.cityId,
  cardId: products.cardId,
  name: products.name,
  category: products.category,
  botEnabled: products.botEnabled,
  onSale: products.onSale,
  cost: products.cost,
  costFloor: products.costFloor,
  costGaps: products.costGaps,
  costInFull: products.costInFull,
  floor: products.floor,
  cityFloor: productCities.floor,
  ceiling: products.ceiling,
  cityCeiling: productCities.ceiling,
  anchor,
  manualLock,
  isLead,
  storeRule: stores.rule,
  rule: products.rule,
  cityRule: productCities.rule,
  shownPrice: productCities.price,
  inFlightPrice: decisions.price,
  /** Milliseconds. */
  seenAt: sql<number | null>`floor(extract(epoch from ${productCities.observedAt}) * 1000)::float8`,
  offers: offerColumns,
};

type Columns = typeof marketColumns;
type ValueOf<Column> =
  Column extends SQL<infer Value>
    ? Value
    : Column extends AnyPgColumn
      ? GetColumnData<Column>
      : never;
type Row = { [Name in keyof Columns]: ValueOf<Columns[Name]> };

const columnList = sql.join(
  Object.entries(marketColumns).map(([name, column]) => sql`${column} as ${sql.identifier(name)}`),
  sql`, `,
);

/** A product in a city with all that its price is decided from, the market as last seen included. */
export type MarketRow = Row & { lead: Lead | null; stockDays: number | null };

/** Of products the caller has been found to see; those that are gone have no price to decide. */
export async function marketRows(
  tx: Tx,
  productIds: readonly string[],
  now: Date,
): Promise<MarketRow[]> {
  // As the driver has them: to map thirty columns of 50,000 rows takes longer than to read them.
  const rows = await tx.execute<Row>(sql`select ${columnList} from ${products}
    join ${stores} on ${stores.id} = ${products.storeId}
    join ${productCities} on ${productCities.productId} = ${products.id} and ${productCities.isPriced}
    left join ${marketObservations} on ${marketObservations.id} = ${productCities.observationId}
    left join ${decisions} on ${decisions.productId} = ${productCities.productId}
      and ${decisions.cityId} = ${productCities.cityId} and ${decisions.state} in ('sending', 'sent')
    where ${products.id} = any(${sql.param(productIds)}::uuid[]) and ${products.goneAt} is null`);
  const leadOf = await leadsAmong(tx, rows);
  const stockDays = await stockDaysOf(tx, productIds, now);
  return rows.map((row) =>
    Object.assign(row, { lead: leadOf(row), stockDays: stockDays.get(row.productId) ?? null }),
  );
}

/** Made of their columns where they are looked at: kept for a whole batch they would be the most of it. */
export function offersOf([
  ids,
  prices,
  preorders,
  ratings,
  reviews,
  deliveries,
]: OfferColumns): Offer[] {
  return (ids ?? []).map((merchantId, nth) => ({
    merchantId: merchantId ?? "",
    price: prices[nth] as Tenge,
    preorderDays: preorders[nth] ?? 0,
    rating: ratings[nth] ?? null,
    reviews: reviews[nth] ?? null,
    delivery: deliveries[nth] ?? null,
  }));
}

/** The products of a store whose bot is on. */
export async function botsOfStore(tx: Tx, storeId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.storeId, storeId), products.botEnabled, isNull(products.goneAt)));
  return rows.map(({ id }) => id);
}
