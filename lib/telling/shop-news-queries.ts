import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { salesProductDays } from "@/lib/db/schema/sales";
import { notices, workspace } from "@/lib/db/schema/workspace";
import type { NoticeKind } from "@/lib/notices/model";
import { isKept } from "@/lib/products/queries";
import { daysLeftOf, lately, piecesThere } from "@/lib/products/stock-pace-queries";
import { LOW_DAYS } from "@/lib/sales/stock-model";

const isOpen = isNull(notices.resolvedAt);
const MOST_FROZEN = 500;

const frozenKey = sql`'price_frozen:' || ${decisions.productId} || ':' || ${decisions.cityId}`;
const isFrozen = and(eq(decisions.state, "frozen"), isNull(stores.archivedAt));

export type FrozenPrice = {
  decisionId: string;
  productId: string;
  cityId: string;
  storeId: string;
  storeName: string;
  product: string;
  before: number | null;
  wanted: number | null;
  /** False: what stands is refreshed, and nobody is told again. */
  isNews: boolean;
};

/**
 * Frozen prices that no open notice tells of as they stand, the oldest first. One that somebody has put away is
 * left so for a day, unless another price is asked for: that is news again.
 */
export function untoldFrozen(tx: Tx, now: Date): Promise<FrozenPrice[]> {
  const dayAgo = later(now, -DAY).toISOString();
  const isTold = sql`exists (select 1 from ${notices} n where n.key = ${frozenKey}
    and (n.params ->> 'wanted')::int is not distinct from ${decisions.price}
    and (n.resolved_at > ${dayAgo}
      or n.resolved_at is null and n.params ->> 'decision' = ${decisions.id}::text))`;
  const isNews = sql<boolean>`not exists (select 1 from ${notices} n where n.key = ${frozenKey}
    and n.resolved_at is null and (n.params ->> 'wanted')::int is not distinct from ${decisions.price})`;
  return tx
    .select({
      isNews,
      decisionId: decisions.id,
      productId: decisions.productId,
      cityId: decisions.cityId,
      storeId: stores.id,
      storeName: stores.name,
      product: products.name,
      before: decisions.priceBefore,
      wanted: decisions.price,
    })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .innerJoin(products, eq(products.id, decisions.productId))
    .where(and(isFrozen, sql`not ${isTold}`))
    .orderBy(decisions.decidedAt, decisions.id)
    .limit(MOST_FROZEN);
}

/** Prices that wait for nobody any more. */
export function resolveThawed(tx: Tx, now: Date): Promise<void> {
  return resolveUnless(
    tx,
    "price_frozen",
    sql`exists (select 1 from ${decisions} join ${stores} on ${stores.id} = ${decisions.storeId}
      where ${isFrozen} and ${frozenKey} = ${notices.key})`,
    now,
  );
}

export type Stop = { storeId: string | null; storeName: string | null; about: string };

const officeKey = sql<string>`'office:' || extract(epoch from ${workspace.sendingStoppedAt})::bigint`;
const storeKey = sql<string>`${stores.id} || ':' || extract(epoch from ${stores.sendingStoppedAt})::bigint`;
const isStopped = and(isNotNull(stores.sendingStoppedAt), isNull(stores.archivedAt));
const untold = (about: SQL) => sql`not exists (select 1 from ${notices} n
  where n.key = 'sending_stopped:' || ${about})`;

/** Kill switches that were pulled and that nobody was told of: the office's, and stores'. */
export async function untoldStops(tx: Tx): Promise<Stop[]> {
  const office = await tx
    .select({ about: officeKey })
    .from(workspace)
    .where(and(isNotNull(workspace.sendingStoppedAt), untold(officeKey)));
  const shops = await tx
    .select({ storeId: stores.id, storeName: stores.name, about: storeKey })
    .from(stores)
    .where(and(isStopped, untold(storeKey)))
    .orderBy(stores.id);
  return [...office.map(({ about }) => ({ storeId: null, storeName: null, about })), ...shops];
}

export function resolveResumed(tx: Tx, now: Date): Promise<void> {
  return resolveUnless(
    tx,
    "sending_stopped",
    sql`(exists (select 1 from ${workspace} where ${workspace.sendingStoppedAt} is not null
        and 'sending_stopped:' || ${officeKey} = ${notices.key})
      or exists (select 1 from ${stores} where ${isStopped}
        and 'sending_stopped:' || ${storeKey} = ${notices.key}))`,
    now,
  );
}

/** Locked in the order of their keys, as who raises them does. */
async function resolveUnless(tx: Tx, kind: NoticeKind, holds: SQL, now: Date): Promise<void> {
  const over = tx
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.kind, kind), isOpen, sql`not ${holds}`))
    .orderBy(sql`${notices.key} collate "C"`)
    .for("update");
  await tx.update(notices).set({ resolvedAt: now }).where(inArray(notices.id, over));
}

/** How many products of a store run out, and which does first. */
export type LowStock = { storeId: string; storeName: string; count: number; product: string };

export async function lowStocks(tx: Tx, now: Date): Promise<LowStock[]> {
  const sold = tx
    .select({
      productId: salesProductDays.productId,
      units: sql<number>`sum(${salesProductDays.units})`.as("units"),
    })
    .from(salesProductDays)
    .where(lately(now))
    .groupBy(salesProductDays.productId)
    .as("sold");
  const daysLeft = daysLeftOf(piecesThere, sql`${sold.units}`);
  const rows = await tx
    .select({
      storeId: stores.id,
      storeName: stores.name,
      count: sql<number>`count(*)`.mapWith(Number),
      product: sql<string>`(array_agg(${products.name} order by ${daysLeft}, ${products.id}))[1]`,
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .innerJoin(sold, eq(sold.productId, products.id))
    .where(
      and(
        isNull(stores.archivedAt),
        isKept,
        sql`${daysLeft} <= ${LOW_DAYS} and ${piecesThere} > 0`,
      ),
    )
    .groupBy(stores.id)
    .orderBy(stores.id);
  return rows;
}

/** What was last told of a store's stock, open or not. */
export type StockTold = { storeId: string; count: number; at: Date; isOpen: boolean };

export async function stockTold(tx: Tx): Promise<StockTold[]> {
  const rows = await tx
    .selectDistinctOn([notices.storeId], {
      storeId: notices.storeId,
      params: notices.params,
      at: notices.createdAt,
      resolvedAt: notices.resolvedAt,
    })
    .from(notices)
    .where(eq(notices.kind, "low_stock"))
    .orderBy(notices.storeId, sql`${notices.createdAt} desc`);
  return rows.flatMap(({ storeId, params, at, resolvedAt }) =>
    storeId === null
      ? []
      : [{ storeId, count: Number(params.count ?? 0), at, isOpen: resolvedAt === null }],
  );
}

/** Nothing runs out there any more: should something again, it is news. */
export async function resolveStock(tx: Tx, storeIds: readonly string[], now: Date): Promise<void> {
  if (storeIds.length === 0) return;
  await tx
    .update(notices)
    .set({
      resolvedAt: sql`coalesce(${notices.resolvedAt}, ${now.toISOString()}::timestamptz)`,
      params: sql`jsonb_set(${notices.params}, '{count}', '0')`,
    })
    .where(
      and(
        eq(notices.kind, "low_stock"),
        inArray(notices.storeId, [...storeIds]),
        sql`(${notices.params} ->> 'count')::int > 0`,
      ),
    );
}
