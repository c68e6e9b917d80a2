import {
  and,
  asc,
  between,
  count,
  desc,
  eq,
  ilike,
  inArray,
  isNull,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { products } from "@/lib/db/schema/products";
import type { PreorderFilter, PreorderQuery } from "./address";
import { isOpen } from "./change-queries";
import { dayFilters, PREORDERS_PAGE, type PreorderSort } from "./filter-model";

const columns = (caller: Caller) => ({
  id: preorders.id,
  storeId: preorders.storeId,
  storeName: stores.name,
  merchantId: stores.merchantId,
  productId: preorders.productId,
  article: preorders.article,
  name: preorders.name,
  brand: preorders.brand,
  price: preorders.price,
  leadDays: preorders.leadDays,
  points: preorders.points,
  status: preorders.status,
  ending: preorders.ending,
  why: preorders.why,
  notBefore: preorders.notBefore,
  isWaiting: sql<boolean>`${preorders.wantedAt} is not null`,
  isSending: sql<boolean>`${preorders.sendingAt} is not null`,
  createdAt: preorders.createdAt,
  updatedAt: preorders.updatedAt,
  sentAt: preorders.sentAt,
  activeAt: preorders.activeAt,
  endedAt: preorders.endedAt,
  cardId: products.cardId,
  imageUrl: products.imageUrl,
  shownPrice: products.price,
  onSale: products.onSale,
  mayChange: isPermitted(caller, "change_price"),
});

/** Preorders with their stores and products: whoever asks narrows them to what the caller may see. */
export const preorderRows = (tx: Tx, caller: Caller) =>
  tx
    .select(columns(caller))
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .innerJoin(products, eq(products.id, preorders.productId));

export type PreorderRow = Awaited<ReturnType<typeof preorderRows>>[number];

/** Those of open stores that the caller may see. Needs `stores`. */
export const inSight = (caller: Caller) =>
  and(mayRead(caller, "view_product"), isNull(stores.archivedAt));

export function chosen(
  caller: Caller,
  { store, q, status, days }: PreorderFilter,
): SQL | undefined {
  const words = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    inSight(caller),
    store ? eq(preorders.storeId, store) : undefined,
    status === "open" ? isOpen : eq(preorders.status, status),
    days ? between(preorders.leadDays, dayFilters[days][0], dayFilters[days][1]) : undefined,
    q
      ? or(ilike(preorders.name, words), ilike(preorders.article, words), eq(products.cardId, q))
      : undefined,
  );
}

const sorted: Record<PreorderSort, SQL> = {
  name: asc(preorders.name),
  "-name": desc(preorders.name),
  days: asc(preorders.leadDays),
  "-days": desc(preorders.leadDays),
  made: asc(preorders.createdAt),
  "-made": desc(preorders.createdAt),
};

/** A page of the list, and how many there are in all. */
export async function preordersPage(
  tx: Tx,
  caller: Caller,
  { page, sort, ...filter }: PreorderQuery,
): Promise<{ total: number; rows: PreorderRow[] }> {
  const [total, found] = await Promise.all([
    countChosen(tx, caller, filter),
    preorderRows(tx, caller)
      .where(chosen(caller, filter))
      .orderBy(sorted[sort], asc(preorders.id))
      .limit(PREORDERS_PAGE)
      .offset((page - 1) * PREORDERS_PAGE),
  ]);
  return { total, rows: found };
}

async function countChosen(tx: Tx, caller: Caller, filter: PreorderFilter): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .innerJoin(products, eq(products.id, preorders.productId))
    .where(chosen(caller, filter));
  return row?.count ?? 0;
}

export type PreorderStats = {
  draft: number;
  sent: number;
  active: number;
  cancelled: number;
  completed: number;
  /** Asked for, and not shown by Kaspi yet. */
  awaiting: number;
  /** When the first of those at Kaspi is to arrive, by its days. */
  soonest: Date | null;
};

/** How many there are of each kind, in one store or in all the caller sees. */
export async function preorderStats(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
): Promise<PreorderStats> {
  const of = (status: string) =>
    sql<number>`(count(*) filter (where ${preorders.status} = ${status}))::int`;
  const [row] = await tx
    .select({
      draft: of("draft"),
      sent: of("sent"),
      active: of("active"),
      cancelled: of("cancelled"),
      completed: of("completed"),
      awaiting: sql<number>`(count(*) filter (where ${preorders.status} = 'sent'
        or (${isOpen} and ${preorders.ending} is not null)))::int`,
      soonest: sql<Date | null>`min(coalesce(${preorders.sentAt}, ${preorders.activeAt})
        + make_interval(days => ${preorders.leadDays}))
        filter (where ${inArray(preorders.status, ["sent", "active"])})`.mapWith(preorders.sentAt),
    })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .where(and(inSight(caller), store ? eq(preorders.storeId, store) : undefined));
  const none = { draft: 0, sent: 0, active: 0, cancelled: 0, completed: 0, awaiting: 0 };
  return row ?? { ...none, soonest: null };
}

/** One the caller may see. Throws `not_found`. */
export async function findPreorder(tx: Tx, caller: Caller, id: string): Promise<PreorderRow> {
  const [row] = await preorderRows(tx, caller).where(and(inSight(caller), eq(preorders.id, id)));
  if (!row) throw new AppError("not_found", "preorder_not_found");
  return row;
}

/** Those asked for in one piece of work, as far as the caller may see them. */
export function preordersOfRun(tx: Tx, caller: Caller, runId: string): Promise<PreorderRow[]> {
  return preorderRows(tx, caller)
    .where(and(inSight(caller), eq(preorders.runId, runId)))
    .orderBy(asc(preorders.name), asc(preorders.id));
}

/** The open preorder of a product, for its page; null: it has none. */
export async function openPreorderOf(
  tx: Tx,
  caller: Caller,
  productId: string,
): Promise<PreorderRow | null> {
  const [row] = await preorderRows(tx, caller).where(
    and(inSight(caller), isOpen, eq(preorders.productId, productId)),
  );
  return row ?? null;
}
