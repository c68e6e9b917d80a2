import { and, desc, eq, gte, ilike, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead, mayWrite } from "@/lib/auth/permissions";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { users } from "@/lib/db/schema/workspace";
import type { LedgerCursor, LedgerQuery } from "./address";
import { ledgerPeriods } from "./filter-model";

/** So few products that their decisions are read product by product, whatever the ledger's size. */
const FEW_PRODUCTS = 200;

type Page = { query: LedgerQuery; now: Date; before?: LedgerCursor | undefined; limit: number };

const openStores = (caller: Caller, store: string | undefined) =>
  and(mayRead(caller), isNull(stores.archivedAt), store ? eq(stores.id, store) : undefined);

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

/** The products a search or a link means, among those the caller may see. */
function meantProducts(tx: Tx, caller: Caller, { store, q, product }: LedgerQuery) {
  const words = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return tx
    .select({ id: products.id })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(
      and(
        openStores(caller, store),
        product ? eq(products.id, product) : undefined,
        q
          ? or(ilike(products.name, words), ilike(products.sku, words), eq(products.cardId, q))
          : undefined,
      ),
    );
}

/** The ids of the products meant; null when they are too many to be gone through one by one. */
async function fewProducts(tx: Tx, caller: Caller, query: LedgerQuery): Promise<string[] | null> {
  const found = await meantProducts(tx, caller, query).limit(FEW_PRODUCTS + 1);
  return found.length > FEW_PRODUCTS ? null : found.map(({ id }) => id);
}

/** The ids of one page: of a run, of a few products, or of all that a store has decided. */
async function pageIds(tx: Tx, caller: Caller, page: Page): Promise<string[]> {
  const { query, limit } = page;
  const where = fits(page);
  const isSearch = Boolean(query.q || query.product);
  const few = isSearch ? await fewProducts(tx, caller, query) : null;
  if (few?.length === 0) return [];
  const meant = isSearch
    ? inArray(decisions.productId, meantProducts(tx, caller, query))
    : undefined;
  if (query.run) {
    const rows = await tx
      .select({ id: decisions.id })
      .from(decisions)
      .innerJoin(stores, eq(stores.id, decisions.storeId))
      .where(and(openStores(caller, query.store), where, meant))
      .orderBy(...newestFirst)
      .limit(limit);
    return rows.map(({ id }) => id);
  }
  // Each has its own part of an index; the newest of all are then merged.
  const newestOf = (owner: SQL, also?: SQL) =>
    tx
      .select({
        id: decisions.id,
        at: decisions.decidedAt,
        seq: decisions.seq,
        store: decisions.storeId,
      })
      .from(decisions)
      .where(and(owner, where, also))
      .orderBy(...newestFirst)
      .limit(limit)
      .as("own");
  if (few) {
    const own = newestOf(sql`${decisions.productId} = ${products.id}`);
    const rows = await tx
      .select({ id: own.id })
      .from(products)
      .crossJoinLateral(own)
      .where(inArray(products.id, few))
      .orderBy(desc(own.at), desc(own.seq), desc(own.store))
      .limit(limit);
    return rows.map(({ id }) => id);
  }
  const own = newestOf(sql`${decisions.storeId} = ${stores.id}`, meant);
  const rows = await tx
    .select({ id: own.id })
    .from(stores)
    .crossJoinLateral(own)
    .where(openStores(caller, query.store))
    .orderBy(desc(own.at), desc(own.seq), desc(own.store))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** The city of a decision; null where it is the one the product is shown by. */
export const cityName = sql<
  string | null
>`case when ${decisions.cityId} <> coalesce(${products.leadCityId}, ${stores.mainCityId}, '')
  then coalesce((select ${pickupPoints.cityName} from ${pickupPoints}
    where ${pickupPoints.storeId} = ${decisions.storeId} and ${pickupPoints.cityId} = ${decisions.cityId} limit 1),
    ${decisions.cityId}) end`;

const entryColumns = (caller: Caller) => ({
  id: decisions.id,
  seq: decisions.seq,
  storeId: decisions.storeId,
  storeName: stores.name,
  productId: decisions.productId,
  productName: products.name,
  sku: products.sku,
  cityName,
  runId: decisions.runId,
  kind: decisions.kind,
  origin: decisions.origin,
  reason: decisions.reason,
  params: decisions.params,
  trail: decisions.trail,
  priceBefore: decisions.priceBefore,
  price: decisions.price,
  dryRun: decisions.dryRun,
  state: decisions.state,
  stateReason: decisions.stateReason,
  stateParams: decisions.stateParams,
  decidedAt: decisions.decidedAt,
  notBefore: decisions.notBefore,
  sentAt: decisions.sentAt,
  confirmedAt: decisions.confirmedAt,
  actorName: users.name,
  isWritable: sql<boolean>`${mayWrite(caller)}`,
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
