import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { salesStaleDays, salesStaleProducts } from "@/lib/db/schema/sales";
import { workspace } from "@/lib/db/schema/workspace";

export type StoreDay = { storeId: string; day: string };

/**
 * Takes a day whose sums are old, the newest first; null: none is left that nobody else is at. Whoever marks it
 * meanwhile waits, and marks it again.
 */
export async function takeStaleDay(tx: Tx): Promise<StoreDay | null> {
  const [row] = await tx
    .select({ storeId: salesStaleDays.storeId, day: salesStaleDays.day })
    .from(salesStaleDays)
    .orderBy(sql`${salesStaleDays.day} desc`, asc(salesStaleDays.storeId))
    .limit(1)
    .for("update", { skipLocked: true });
  if (!row) return null;
  await tx
    .delete(salesStaleDays)
    .where(and(eq(salesStaleDays.storeId, row.storeId), eq(salesStaleDays.day, row.day)));
  return row;
}

/**
 * Marks the days on which products were sold whose costs were said anew: those since the version before, for
 * which nothing is otherwise. Answers how many products it were.
 */
export async function spreadCosts(tx: Tx, limit: number): Promise<number> {
  const taken = await tx
    .select({ productId: salesStaleProducts.productId })
    .from(salesStaleProducts)
    .orderBy(asc(salesStaleProducts.productId))
    .limit(limit)
    .for("update", { skipLocked: true });
  if (taken.length === 0) return 0;
  const ids = taken.map(({ productId }) => productId);
  await tx.execute(sql`select mark_sales_days((
    select jsonb_agg(distinct jsonb_build_object('store_id', o.store_id,
        'day', (o.ordered_at at time zone w.time_zone)::date))
      from ${orderEntries} e join ${orders} o on o.id = e.order_id cross join ${workspace} w
      where e.product_id = any(${sql.param(ids)}::uuid[])))`);
  await tx.delete(salesStaleProducts).where(inArray(salesStaleProducts.productId, ids));
  return ids.length;
}

/** How many days are still to be summed. */
export const countStaleDays = (tx: Tx): Promise<number> => tx.$count(salesStaleDays);
