import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isOwn, mayRead, mayWrite } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { productCosts } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { takesFloorFromCost } from "@/lib/products/limit-queries";
import { dearest, inMainCity } from "@/lib/products/queries";

const subjectColumns = {
  id: products.id,
  storeId: products.storeId,
  storeName: stores.name,
  sku: products.sku,
  name: products.name,
  category: products.category,
  floor: products.floor,
  costFloor: products.costFloor,
  costGaps: products.costGaps,
  /** The rule takes the floor from cost. */
  counts: takesFloorFromCost,
  price: dearest,
};

/** A product that a line of a file is about. */
export type ImportSubject = Awaited<ReturnType<typeof importSubjects>>[number];

const isOneOf = (ids: readonly string[]) => sql`${products.id} = any(${sql.param(ids)}::uuid[])`;

/** A store that was chosen, or without a choice all of one's own: an owner may write more than those. */
const inStore = (caller: Caller, storeId: string | null) =>
  storeId === null ? isOwn(caller) : eq(products.storeId, storeId);

/** The products with these articles that the caller may change, of one store or of all their own, in the order of their ids. */
export function productsWith(
  tx: Tx,
  caller: Caller,
  storeId: string | null,
  articles: readonly string[],
): Promise<{ id: string; sku: string; storeName: string }[]> {
  return tx
    .select({ id: products.id, sku: products.sku, storeName: stores.name })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(
      and(
        sql`${products.sku} = any(${sql.param(articles)}::text[])`,
        mayWrite(caller, "change_price"),
        isNull(stores.archivedAt),
        inStore(caller, storeId),
      ),
    )
    .orderBy(asc(products.id));
}

/** Those of these products that the caller may change. */
export function importSubjects(tx: Tx, caller: Caller, ids: readonly string[]) {
  return tx
    .select(subjectColumns)
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(and(isOneOf(ids), mayWrite(caller, "change_price"), isNull(stores.archivedAt)))
    .orderBy(asc(products.id));
}

/** Takes these products for a change, in the order of their ids. */
export async function lockProducts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: products.id })
    .from(products)
    .where(isOneOf(ids))
    .orderBy(asc(products.id))
    .for("no key update");
}

const BATCH = 2_000;

const listed = {
  id: products.id,
  article: products.sku,
  name: products.name,
  cost: productCosts.cost,
  packaging: productCosts.packaging,
  other: productCosts.other,
  returns: productCosts.returns,
  weightGrams: productCosts.weightGrams,
  minProfit: productCosts.minProfit,
  minMargin: productCosts.minMargin,
};

/** Products of a store, or of the caller's own, with their costs, a batch at a time. */
export async function* costedProducts(tx: Tx, caller: Caller, storeId: string | null) {
  let after: string | null = null;
  for (;;) {
    const rows: CostedProduct[] = await costedAfter(tx, caller, storeId, after);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.id ?? null;
  }
}

export type CostedProduct = Awaited<ReturnType<typeof costedAfter>>[number];

function costedAfter(tx: Tx, caller: Caller, storeId: string | null, after: string | null) {
  return tx
    .select(listed)
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(
      productCosts,
      and(eq(productCosts.productId, products.id), isNull(productCosts.supersededAt)),
    )
    .where(
      and(
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
        isNull(products.goneAt),
        inStore(caller, storeId),
        after === null ? sql`true` : gt(products.id, after),
      ),
    )
    .orderBy(asc(products.id))
    .limit(BATCH);
}
