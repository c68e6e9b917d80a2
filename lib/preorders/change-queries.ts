import { and, asc, count, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead, permitted } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { productCities, products } from "@/lib/db/schema/products";
import { inMainCity, isKept, lockProduct, type ProductRecord, shown } from "@/lib/products/queries";
import type { Preorder, StorePoint } from "./model";

export const isOpen = inArray(preorders.status, ["draft", "sent", "active"]);

/** The points of a store that are open, as they are called, in the order of their names. */
export async function openPoints(tx: Tx, storeId: string): Promise<StorePoint[]> {
  return tx
    .select({
      pointId: pickupPoints.pointId,
      label: pickupPoints.label,
      cityName: pickupPoints.cityName,
    })
    .from(pickupPoints)
    .where(and(eq(pickupPoints.storeId, storeId), pickupPoints.isActive))
    .orderBy(asc(pickupPoints.label), asc(pickupPoints.pointId));
}

/** The same of several stores, by store; whoever asks has looked up rows of them for the caller. */
export async function openPointsOf(
  tx: Tx,
  storeIds: readonly string[],
): Promise<ReadonlyMap<string, StorePoint[]>> {
  const { storeId, pointId, label, cityName, isActive } = pickupPoints;
  const rows = await tx
    .select({ storeId, pointId, label, cityName })
    .from(pickupPoints)
    .where(and(inArray(storeId, [...storeIds]), isActive))
    .orderBy(asc(label), asc(pointId));
  const points = new Map<string, StorePoint[]>();
  for (const { storeId: of, ...point } of rows) points.set(of, [...(points.get(of) ?? []), point]);
  return points;
}

/** Chosen products with what decides whether they get a preorder, by name. */
export function candidates(tx: Tx, caller: Caller, productIds: readonly string[]) {
  return tx
    .select({
      id: products.id,
      storeId: products.storeId,
      storeName: stores.name,
      sku: products.sku,
      name: products.name,
      brand: products.brand,
      price: shown,
      onSale: products.onSale,
      isGone: sql<boolean>`${products.goneAt} is not null`,
      hasOpen: sql<boolean>`exists (select from ${preorders} p
        where p.product_id = ${products.id} and p.status in ('draft', 'sent', 'active'))`,
      mayChange: isPermitted(caller, "change_price"),
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(
      and(
        sql`${products.id} = any(${sql.param([...productIds])}::uuid[])`,
        mayRead(caller, "view_product"),
        isKept,
      ),
    )
    .orderBy(asc(products.name), asc(products.id));
}
export type CandidateRow = Awaited<ReturnType<typeof candidates>>[number];

export type NewPreorder = typeof preorders.$inferInsert;

/** Of two at once for one product the first is made; answers those that were. */
export async function insertPreorders(tx: Tx, rows: NewPreorder[]) {
  return tx
    .insert(preorders)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: preorders.id, productId: preorders.productId });
}

/**
 * Locks a preorder and its product for a change by the caller. Throws `not_found`, `forbidden`; `conflict`
 * for one that is over.
 */
export async function lockPreorder(tx: Tx, caller: Caller, id: string) {
  const [found] = await tx
    .select({ productId: preorders.productId, isPermitted: isPermitted(caller, "change_price") })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .where(and(eq(preorders.id, id), mayRead(caller, "view_product"), isNull(stores.archivedAt)));
  const { productId } = permitted(found, "change_price", "preorder_not_found");
  const product = await lockProduct(tx, caller, productId, "change_price");
  const [preorder] = await tx.select().from(preorders).where(eq(preorders.id, id)).for("update");
  if (!preorder) throw new AppError("not_found", "preorder_not_found");
  if (preorder.endedAt !== null) throw new AppError("conflict", "preorder_over");
  return { product, preorder };
}

export async function setPreorder(
  tx: Tx,
  id: string,
  fields: { [Name in keyof NewPreorder]?: NewPreorder[Name] | undefined },
  now: Date,
): Promise<void> {
  await tx
    .update(preorders)
    .set({ ...fields, updatedAt: now })
    .where(eq(preorders.id, id));
}

/** Not at Kaspi and nothing of it on the way: it can be asked for. */
const isIdle = and(isOpen, isNull(preorders.wantedAt), isNull(preorders.sendingAt));
const isUnsent = or(
  eq(preorders.status, "draft"),
  and(eq(preorders.status, "sent"), isNotNull(preorders.why)),
);

/** Those that were refused come last, so that they keep nobody from being sent. */
const leastRefused = [
  sql`${preorders.why} is not null`,
  asc(preorders.updatedAt),
  asc(preorders.id),
];

const sendableOf = (caller: Caller, { storeId, ids }: Sendable) =>
  and(
    eq(preorders.storeId, storeId),
    mayRead(caller, "view_product"),
    isPermitted(caller, "change_price"),
    isIdle,
    isUnsent,
    ids === null ? undefined : inArray(preorders.id, [...ids]),
  );
type Sendable = { storeId: string; ids: readonly string[] | null };

/** How many there are. */
export async function countSendable(tx: Tx, caller: Caller, which: Sendable): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .where(sendableOf(caller, which));
  return row?.count ?? 0;
}

/**
 * The store's preorders that can be sent, or those of them that are named, with their products locked in the
 * order everybody locks them in.
 */
export async function lockSendable(
  tx: Tx,
  caller: Caller,
  { limit, ...which }: Sendable & { limit: number },
): Promise<{ preorder: Preorder; product: ProductRecord }[]> {
  const chosen = await tx
    .select({ id: preorders.id })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .where(sendableOf(caller, which))
    .orderBy(...leastRefused)
    .limit(limit);
  const isChosen = inArray(
    preorders.id,
    chosen.map(({ id }) => id),
  );
  const rows = await tx
    .select({ id: preorders.id, product: products })
    .from(preorders)
    .innerJoin(products, eq(products.id, preorders.productId))
    .where(isChosen)
    .orderBy(asc(products.id))
    .for("no key update", { of: products });
  const locked = await tx
    .select()
    .from(preorders)
    .where(and(isChosen, isIdle))
    .orderBy(asc(preorders.productId))
    .for("update");
  const byId = new Map(rows.map(({ id, product }) => [id, product]));
  return locked.flatMap((preorder) => {
    const product = byId.get(preorder.id);
    return product ? [{ preorder, product }] : [];
  });
}

/** Of which stores these are, among those the caller may see, in the order everybody goes through stores. */
export async function storesOfPreorders(
  tx: Tx,
  caller: Caller,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: preorders.storeId })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .where(
      and(
        inArray(preorders.id, [...ids]),
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
      ),
    )
    .orderBy(asc(preorders.storeId));
  return rows.map(({ id }) => id);
}
