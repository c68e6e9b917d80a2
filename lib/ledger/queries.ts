import { and, desc, eq, gte, ilike, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { users } from "@/lib/db/schema/workspace";
import { decisionColumns } from "@/lib/repricing/ledger/history-queries";
import type { LedgerCursor, LedgerQuery } from "./address";
import { ledgerPeriods } from "./filter-model";

/**
 * So many of the newest decisions are looked through for what a search means before its products are: more
 * of those with one reason or state, for which each product's own would be gone through in vain.
 */
const LOOKED_THROUGH = { all: 2_000, narrowed: 20_000 };

type Page = { query: LedgerQuery; now: Date; before?: LedgerCursor | undefined; limit: number };

const openStores = (caller: Caller, store: string | undefined) =>
  and(
    mayRead(caller, "view_product"),
    isNull(stores.archivedAt),
    store ? eq(stores.id, store) : undefined,
  );

const newestFirst = [desc(decisions.decidedAt), desc(decisions.seq), desc(decisions.storeId)];

function fits({ query, now, before }: Page): SQL | undefined {
  const { period, kind, reason, state, origin, run } = query;
  return and(
    period ? gte(decisions.decidedAt, later(now, -ledgerPeriods[period] * DAY)) : undefined,
    kind ? eq(decisions.kind, kind) : undefined,
    reason ? eq(decisions.reason, reason) : undefined,
    state ? eq(decisions.state, state) : undefined,
    origin ? eq(decisions.origin, origin) : undefined,
    run ? eq(decisions.runId, run) : undefined,
    before
      ? sql`(${decisions.decidedAt}, ${decisions.seq}, ${decisions.storeId})
          < (${before.decidedAt.toISOString()}::timestamptz, ${before.seq}, ${before.storeId}::uuid)`
      : undefined,
  );
}

/** The products a search or a link means, among those the caller may see. Needs `stores` beside them. */
function isMeant(caller: Caller, { store, q, product }: LedgerQuery): SQL | undefined {
  const words = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    openStores(caller, store),
    product ? eq(products.id, product) : undefined,
    q
      ? or(ilike(products.name, words), ilike(products.sku, words), eq(products.cardId, q))
      : undefined,
  );
}

const place = { id: decisions.id, at: decisions.decidedAt, seq: decisions.seq };

/** The newest decisions of an owner; each has its own part of an index. */
const newestOf = (
  tx: Tx,
  owner: SQL,
  { where, limit }: { where: SQL | undefined; limit: number },
) =>
  tx
    .select({ ...place, store: decisions.storeId, product: decisions.productId })
    .from(decisions)
    .where(and(owner, where))
    .orderBy(...newestFirst)
    .limit(limit);

/** The ids of one page: of a run, of the products that are meant, or of all that the stores have decided. */
async function pageIds(tx: Tx, caller: Caller, page: Page): Promise<string[]> {
  const { query, limit } = page;
  if (query.run) return ofRun(tx, caller, page);
  if (query.product) return ofProducts(tx, caller, page);
  const isSearch = query.q !== "";
  const isNarrowed = query.kind ?? query.reason ?? query.state ?? query.origin;
  const most = isNarrowed ? LOOKED_THROUGH.narrowed : LOOKED_THROUGH.all;
  const newest = await newestOfStores(tx, caller, page, isSearch ? most : limit);
  if (!isSearch) return newest.map(({ id }) => id);
  const meant = await meantOf(tx, caller, query, newest);
  if (newest.length < most || meant.length >= limit) return meant.slice(0, limit);
  // Among the newest they are rare: then they are found by their products, not by going on and on.
  return ofProducts(tx, caller, page);
}

async function ofRun(tx: Tx, caller: Caller, page: Page): Promise<string[]> {
  const rows = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .innerJoin(products, eq(products.id, decisions.productId))
    .where(and(isMeant(caller, page.query), fits(page)))
    .orderBy(...newestFirst)
    .limit(page.limit);
  return rows.map(({ id }) => id);
}

type Placed = { id: string; product: string };

/** The newest of all stores, merged of the newest of each. */
function newestOfStores(tx: Tx, caller: Caller, page: Page, limit: number): Promise<Placed[]> {
  const owner = sql`${decisions.storeId} = ${stores.id}`;
  const own = newestOf(tx, owner, { where: fits(page), limit }).as("own");
  return tx
    .select({ id: own.id, product: own.product })
    .from(stores)
    .crossJoinLateral(own)
    .where(openStores(caller, page.query.store))
    .orderBy(desc(own.at), desc(own.seq), desc(own.store))
    .limit(limit);
}

/** Of these, those of products that are meant, in their order. */
async function meantOf(tx: Tx, caller: Caller, query: LedgerQuery, some: readonly Placed[]) {
  const ids = [...new Set(some.map(({ product }) => product))];
  const rows = await tx
    .select({ id: products.id })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(and(sql`${products.id} = any(${sql.param(ids)}::uuid[])`, isMeant(caller, query)));
  const meant = new Set(rows.map(({ id }) => id));
  return some.flatMap(({ id, product }) => (meant.has(product) ? [id] : []));
}

/** Of one product so many are gathered at a time: a file's thousand of a thousand would be a million. */
const GATHERED = 64;

/** By products, as far as one gathering reaches after the other. */
async function ofProducts(tx: Tx, caller: Caller, page: Page): Promise<string[]> {
  const ids: string[] = [];
  for (let before = page.before; ids.length < page.limit; ) {
    const rest = { ...page, before, limit: page.limit - ids.length };
    const { rows, isAll } = await gathered(tx, caller, rest);
    ids.push(...rows.map(({ id }) => id));
    const last = rows.at(-1);
    if (isAll || !last) break;
    before = { decidedAt: last.at, seq: last.seq, storeId: last.store };
  }
  return ids;
}

/**
 * A page of so many rows is of no more than as many products, those with the newest decisions. One look
 * into an index for each that is meant finds them. Where a product may have more than was gathered, the
 * page ends: what is older may not be next.
 */
async function gathered(tx: Tx, caller: Caller, page: Page) {
  const { query, limit } = page;
  const each = query.product ? limit : Math.min(limit, GATHERED);
  const owner = sql`${decisions.productId} = ${products.id}`;
  const newest = newestOf(tx, owner, { where: fits(page), limit: 1 }).as("newest");
  const lately = tx
    .select({ product: newest.product })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .crossJoinLateral(newest)
    .where(isMeant(caller, query))
    .orderBy(desc(newest.at), desc(newest.seq), desc(newest.store))
    .limit(limit)
    .as("lately");
  const ofOne = sql`${decisions.productId} = ${lately.product}`;
  const own = newestOf(tx, ofOne, { where: fits(page), limit: each }).as("own");
  const rows = await tx
    .select({ id: own.id, at: own.at, seq: own.seq, store: own.store, product: own.product })
    .from(lately)
    .crossJoinLateral(own)
    .orderBy(desc(own.at), desc(own.seq), desc(own.store))
    .limit(limit);
  const last = lastKnown(rows, each);
  return last === null ? { rows, isAll: true } : { rows: rows.slice(0, last + 1), isAll: false };
}

/** The first row that is the last gathered of its product; null: all there are were gathered. */
function lastKnown(rows: readonly { product: string }[], each: number): number | null {
  const counts = new Map<string, number>();
  for (const [nth, { product }] of rows.entries()) {
    const count = (counts.get(product) ?? 0) + 1;
    if (count === each) return nth;
    counts.set(product, count);
  }
  return null;
}

/** The city of a decision; null where it is the one the product is shown by. */
export const cityName = sql<
  string | null
>`case when ${decisions.cityId} <> coalesce(${products.leadCityId}, ${stores.mainCityId}, '')
  then coalesce((select ${pickupPoints.cityName} from ${pickupPoints}
    where ${pickupPoints.storeId} = ${decisions.storeId} and ${pickupPoints.cityId} = ${decisions.cityId} limit 1),
    ${decisions.cityId}) end`;

const entryColumns = (caller: Caller) => ({
  ...decisionColumns,
  storeId: decisions.storeId,
  storeName: stores.name,
  productId: decisions.productId,
  productName: products.name,
  sku: products.sku,
  cityName,
  runId: decisions.runId,
  isWritable: isPermitted(caller, "change_price"),
});

function selectEntries(tx: Tx, caller: Caller, ids: string[]) {
  return tx
    .select(entryColumns(caller))
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .innerJoin(products, eq(products.id, decisions.productId))
    .leftJoin(users, eq(users.id, decisions.actorId))
    .where(
      and(sql`${decisions.id} = any(${sql.param(ids)}::uuid[])`, openStores(caller, undefined)),
    )
    .orderBy(...newestFirst);
}

/** A decision with what a row of the ledger says besides. */
export type LedgerEntry = Awaited<ReturnType<typeof selectEntries>>[number];

/** A part of the ledger of the caller's open stores, the newest first; `before` goes on from the last one. */
export async function ledgerPage(
  tx: Tx,
  caller: Caller,
  page: Page,
): Promise<{ entries: LedgerEntry[]; hasMore: boolean }> {
  const { limit } = page;
  const ids = await pageIds(tx, caller, { ...page, limit: limit + 1 });
  if (ids.length === 0) return { entries: [], hasMore: false };
  const entries = await selectEntries(tx, caller, ids.slice(0, limit));
  return { entries, hasMore: ids.length > limit };
}

/** Which observation a decision was made from, and whose store it is; null if the caller may not see it. */
export async function decidedFrom(
  tx: Tx,
  caller: Caller,
  decisionId: string,
): Promise<{ observationId: string | null; merchantId: string } | null> {
  const [row] = await tx
    .select({ observationId: decisions.observationId, merchantId: stores.merchantId })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(and(eq(decisions.id, decisionId), openStores(caller, undefined)));
  return row ?? null;
}
