import { and, eq, isNotNull, isNull, lt, ne, not, notInArray, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { isAtWork as isStoreAtWork } from "@/lib/exits/at-work-queries";
import { cityColumns } from "@/lib/products/city-queries";
import { countingFloor, lacksFloor } from "@/lib/products/limit-queries";
import type { Lead } from "@/lib/repricing/decide/model";
import { type Reason, skipReasons } from "@/lib/repricing/decide/reason-model";
import {
  type Contender,
  type Leader,
  type LeadPolicy,
  type LeadWhy,
  leaderOf,
  leadOver,
} from "./lead-rules";

/** After so many failed looks in a row nobody knows what the market is, nor what the bot would do. */
const BLIND_AFTER = 3;

/** A card in a city. */
type Spot = { cardId: string | null; cityId: string };
type OnSpot = Contender & { cardId: string; cityId: string };
const spotKey = ({ cardId, cityId }: Spot) => `${cardId} ${cityId}`;

/** The price that is on its way to Kaspi, which holds from now on. */
export const inFlightPrice = sql<typeof decisions.$inferSelect.price>`(select d.price
  from ${decisions} d
  where d.product_id = ${productCities.productId} and d.city_id = ${productCities.cityId}
    and d.state in ('sending', 'sent') limit 1)`;

/** The anchor that holds from now on: that of a person's price on its way, else the one that is kept. */
export const anchorInForce = sql<(typeof products.$inferSelect)["anchor"]>`coalesce((
  select (d.inputs::json ->> 'anchorNext')::int from ${decisions} d
  where d.product_id = ${productCities.productId} and d.city_id = ${productCities.cityId}
    and d.state in ('sending', 'sent') and d.origin <> 'bot' limit 1), ${cityColumns.anchor})`;

/** A bot that could not work at its last look, slept or spared what is nearly sold out, fights for no place. */
const idle: readonly Reason[] = [
  ...skipReasons,
  "sleep_hold",
  "sleep_to_ceiling",
  "low_stock_hold",
  "low_stock_to_ceiling",
];

/** Its store sells it, its bot sets its price, and what it sets can reach Kaspi. */
const isAtWork = and(
  productCities.isPriced,
  eq(products.botEnabled, true),
  eq(products.onSale, true),
  isNull(products.goneAt),
  sql`coalesce(${products.stock}, 1) > 0`,
  isNotNull(productCities.price),
  not(lacksFloor),
  isNotNull(productCities.observedAt),
  lt(productCities.failures, BLIND_AFTER),
  notInArray(productCities.lastReason, [...idle]),
  isNull(stores.archivedAt),
  isStoreAtWork,
  isNull(stores.sendingStoppedAt),
  ne(kaspiAccounts.session, "needs_reauth"),
);

/** Stores of the installation on these cards and cities, whoever they belong to. */
async function contendersOn(tx: Tx, spots: Spot[]): Promise<OnSpot[]> {
  const other = sql`exists (select 1 from ${products} other
    where other.card_id = ${products.cardId} and other.store_id <> ${products.storeId})`;
  const here = sql`(${products.cardId}, ${productCities.cityId}) in (
    select "cardId", "cityId" from json_to_recordset(${JSON.stringify(spots)}::json)
      as spot("cardId" text, "cityId" text))`;
  return tx
    .select({
      productId: products.id,
      storeId: products.storeId,
      cardId: sql<string>`${products.cardId}`,
      cityId: productCities.cityId,
      storeSince: stores.createdAt,
      stock: products.stock,
      costFloor: products.costFloor,
      floor: sql<Contender["floor"]>`${countingFloor}`,
      bestRival: productCities.bestRivalPrice,
      price: sql<Contender["price"]>`coalesce(${inFlightPrice}, ${productCities.price})`,
    })
    .from(products)
    .innerJoin(productCities, eq(productCities.productId, products.id))
    .innerJoin(stores, eq(stores.id, products.storeId))
    .innerJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .where(and(here, other, isAtWork));
}

/** Null where there are no two stores at work. */
async function policyOf(tx: Tx): Promise<LeadPolicy | null> {
  const atWork = tx.$count(stores, and(isNull(stores.archivedAt), isStoreAtWork));
  const [row] = await tx
    .select({
      leadBy: workspace.leadBy,
      leadOrder: workspace.leadOrder,
      followers: workspace.followers,
      atWork,
    })
    .from(workspace);
  return row && row.atWork > 1 ? row : null;
}

async function leadersOn(
  tx: Tx,
  spots: Spot[],
  policy: LeadPolicy,
): Promise<Map<string, Leader<OnSpot> | null>> {
  const contenders = new Map<string, OnSpot[]>();
  for (const one of await contendersOn(tx, spots))
    contenders.set(spotKey(one), [...(contenders.get(spotKey(one)) ?? []), one]);
  return new Map([...contenders].map(([spot, some]) => [spot, leaderOf(some, policy)]));
}

type Led = Spot & { storeId: string };

/** Which of these products another store of ours leads: one query for all of them. */
export async function leadsAmong(
  tx: Tx,
  subjects: readonly Led[],
): Promise<(subject: Led) => Lead | null> {
  const policy = subjects.length === 0 ? null : await policyOf(tx);
  if (!policy) return () => null;
  const spots = subjects.map(({ cardId, cityId }) => ({ cardId, cityId }));
  const leaders = await leadersOn(tx, spots, policy);
  return (subject) => leadOver(subject.storeId, leaders.get(spotKey(subject)) ?? null, policy);
}

/** Each with the lead that is not its own. */
export async function withLeads<Subject extends Led>(
  tx: Tx,
  subjects: Subject[],
): Promise<(Subject & { lead: Lead | null })[]> {
  const leadOf = await leadsAmong(tx, subjects);
  return subjects.map((subject) => ({ ...subject, lead: leadOf(subject) }));
}

/** Who of ours leads a product's card in its city, in the caller's eyes. */
export type LeadFacts = {
  leads: "this" | "other";
  /** The leading store; null: the caller may not see it. */
  name: string | null;
  why: LeadWhy;
  followers: LeadPolicy["followers"];
};

/** Null: no other store of ours sells it at the moment, or none whose bot is at work. */
export async function leadFacts(
  tx: Tx,
  caller: Caller,
  product: Spot & { storeId: string },
): Promise<LeadFacts | null> {
  const policy = product.cardId === null ? null : await policyOf(tx);
  if (!policy) return null;
  const spot = { cardId: product.cardId, cityId: product.cityId };
  const leaders = await leadersOn(tx, [spot], policy);
  const found = leaders.get(spotKey(spot));
  if (!found) return null;
  const [store] = await tx
    .select({ name: stores.name })
    .from(stores)
    .where(and(eq(stores.id, found.leader.storeId), mayRead(caller)));
  return {
    leads: found.leader.storeId === product.storeId ? "this" : "other",
    name: store?.name ?? null,
    why: found.why,
    followers: policy.followers,
  };
}
