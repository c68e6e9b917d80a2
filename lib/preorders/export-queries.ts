import { and, asc, countDistinct, desc, eq, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { products } from "@/lib/db/schema/products";
import type { ProductRecord } from "@/lib/products/queries";
import type { PreorderFilter } from "./address";
import { isOpen } from "./change-queries";
import { chosen, inSight, type PreorderRow, preorderRows } from "./queries";

/** What a file may ask of Kaspi: open preorders that nobody has ended. */
const exported = (caller: Caller, filter: PreorderFilter) =>
  and(chosen(caller, filter), isOpen, isNull(preorders.ending));

/** The preorders of a store that go into its file, a batch at a time, by article. */
export async function* exportedPreorders(
  tx: Tx,
  caller: Caller,
  filter: PreorderFilter & { store: string },
  batch = 1_000,
): AsyncGenerator<PreorderRow[]> {
  const article = sql`${preorders.article} collate "C"`;
  for (let after: PreorderRow | undefined; ; ) {
    const next = after
      ? sql`(${article}, ${preorders.id}) > (${after.article}, ${after.id}::uuid)`
      : undefined;
    const found: PreorderRow[] = await preorderRows(tx, caller)
      .where(and(exported(caller, filter), next))
      .orderBy(article, asc(preorders.id))
      .limit(batch);
    if (found.length > 0) yield found;
    after = found.at(-1);
    if (found.length < batch) return;
  }
}

/** How many that would be, and the points they use. */
export async function exportedFacts(
  tx: Tx,
  caller: Caller,
  filter: PreorderFilter & { store: string },
): Promise<{ count: number; pointIds: string[] }> {
  const [row] = await tx
    .select({
      count: countDistinct(preorders.id),
      pointIds: sql<string[]>`coalesce(array_agg(distinct point.id)
        filter (where point.id is not null), '{}')`,
    })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .innerJoin(products, eq(products.id, preorders.productId))
    .leftJoin(
      sql`lateral (select p ->> 'pointId' as id from jsonb_array_elements(${preorders.points}) p
        where (p ->> 'quantity')::int > 0) point`,
      sql`true`,
    )
    .where(exported(caller, filter));
  return { count: row?.count ?? 0, pointIds: row?.pointIds ?? [] };
}

/** Those of them that a file would put on sale, with their products, by article. */
export function exportedOffSale(
  tx: Tx,
  caller: Caller,
  filter: PreorderFilter & { store: string },
): Promise<{ price: Tenge; product: ProductRecord }[]> {
  return tx
    .select({ price: preorders.price, product: products })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .innerJoin(products, eq(products.id, preorders.productId))
    .where(and(exported(caller, filter), eq(products.onSale, false)))
    .orderBy(sql`${preorders.article} collate "C"`, asc(preorders.id));
}

/** Stores with preorders that a file could hold, those with most of them first. */
export function exportedStores(
  tx: Tx,
  caller: Caller,
): Promise<{ id: string; name: string; count: number }[]> {
  const count = countDistinct(preorders.id);
  return tx
    .select({ id: stores.id, name: stores.name, count })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .where(and(inSight(caller), isOpen, isNull(preorders.ending)))
    .groupBy(stores.id, stores.name)
    .orderBy(desc(count), asc(stores.name));
}
