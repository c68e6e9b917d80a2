import { and, asc, count, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import type { ChangeReason, HoldReason } from "@/lib/repricing/reason-model";
import {
  ATTACK_MS,
  FROZEN_SHOWN,
  type FrozenPrice,
  type GoodsCounts,
  LATE_CHECK_MS,
} from "./model";

export type StoreGoods = { storeId: string; counts: GoodsCounts; marketReadAt: Date | null };

export const ofStores = (caller: Caller, storeId: string | undefined) =>
  and(isNull(stores.archivedAt), mayRead(caller), storeId ? eq(stores.id, storeId) : undefined);

export const isWatched = and(
  eq(products.botEnabled, true),
  eq(products.onSale, true),
  isNull(products.goneAt),
);

const underTheFloor = [
  "pinned_to_floor",
  "fallback_position",
  "blocked_to_ceiling",
  "blocked_hold",
] satisfies (ChangeReason | HoldReason)[];

/** A price that already stands where the floor has pinned it is blocked no less. */
const isBlocked = sql`(${inArray(decisions.reason, underTheFloor)} or (${decisions.reason} = 'already_at_target'
  and ${inArray(sql`${decisions.params} ->> 'because'`, underTheFloor)}))`;

/** How the watched products of each store stand, in one pass. */
export async function countGoods(
  tx: Tx,
  caller: Caller,
  storeId: string | undefined,
  now: Date,
): Promise<StoreGoods[]> {
  const of = (condition: SQL | undefined) =>
    sql<number>`(count(*) filter (where ${condition}))::int`;
  const since = (milliseconds: number) => later(now, -milliseconds).toISOString();
  const rows = await tx
    .select({
      storeId: products.storeId,
      watched: sql<number>`count(*)::int`,
      ranked: of(sql`${productCities.place} is not null`),
      first: of(eq(productCities.place, 1)),
      attacked: of(
        sql`${productCities.place} > ${productCities.placeBefore} and ${productCities.placeChangedAt} > ${since(ATTACK_MS)}`,
      ),
      blocked: of(isBlocked),
      late: of(sql`${productCities.nextCheckAt} < ${since(LATE_CHECK_MS)}`),
      rejected: of(eq(decisions.state, "rejected")),
      noFloor: of(isNull(products.floor)),
      marketReadAt: sql<string | null>`max(${productCities.observedAt})`,
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(
      productCities,
      and(eq(productCities.productId, products.id), eq(productCities.cityId, stores.mainCityId)),
    )
    .leftJoin(decisions, eq(decisions.id, productCities.lastDecisionId))
    .where(and(isWatched, ofStores(caller, storeId)))
    .groupBy(products.storeId);
  return rows.map(({ storeId, marketReadAt, ...counts }) => ({
    storeId,
    counts,
    marketReadAt: marketReadAt === null ? null : new Date(marketReadAt),
  }));
}

/** Prices that wait for a person, the longest waiting first. */
export async function frozenPrices(
  tx: Tx,
  caller: Caller,
  storeId: string | undefined,
): Promise<{ count: number; rows: FrozenPrice[] }> {
  const frozen = and(
    eq(decisions.state, "frozen"),
    isNull(products.goneAt),
    ofStores(caller, storeId),
  );
  const rows = await tx
    .select({
      decisionId: decisions.id,
      productId: products.id,
      name: products.name,
      storeName: stores.name,
      price: decisions.priceBefore,
      wanted: sql<FrozenPrice["wanted"]>`(${decisions.params} ->> 'wanted')::int`,
      decidedAt: decisions.decidedAt,
    })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(frozen)
    .orderBy(asc(decisions.decidedAt), asc(decisions.id))
    .limit(FROZEN_SHOWN);
  if (rows.length < FROZEN_SHOWN) return { count: rows.length, rows };
  const [counted] = await tx
    .select({ count: count() })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(frozen);
  return { count: counted?.count ?? rows.length, rows };
}
