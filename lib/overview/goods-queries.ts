import { and, asc, count, eq, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { nameBesides } from "@/lib/products/city-queries";
import type { Standing } from "@/lib/products/filter-model";
import { inMainCity } from "@/lib/products/queries";
import { isWatched, watchConditions } from "@/lib/products/watch-queries";
import { FROZEN_SHOWN, type FrozenPrice, type GoodsCounts } from "./model";

export type StoreGoods = { storeId: string; counts: GoodsCounts; marketReadAt: Date | null };

export const ofStores = (caller: Caller, storeId: string | undefined) =>
  and(
    isNull(stores.archivedAt),
    mayRead(caller, "view_product"),
    storeId ? eq(stores.id, storeId) : undefined,
  );

/** How the watched products of each store stand, in one pass. */
export async function countGoods(
  tx: Tx,
  caller: Caller,
  storeId: string | undefined,
  now: Date,
): Promise<StoreGoods[]> {
  const counted = (watch: Standing) =>
    sql<number>`(count(*) filter (where ${watchConditions[watch](now)}))::int`;
  const rows = await tx
    .select({
      storeId: products.storeId,
      watched: sql<number>`count(*)::int`,
      ranked: counted("ranked"),
      unread: counted("unread"),
      first: counted("first"),
      attacked: counted("attacked"),
      blocked: counted("blocked"),
      war: counted("war"),
      late: counted("late"),
      rejected: counted("rejected"),
      unfloored: counted("unfloored"),
      marketReadAt: sql<string | null>`max(${productCities.observedAt})`,
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
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
      cityName: nameBesides(decisions.cityId),
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
