import { and, asc, eq, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { orderGaps, orderReads } from "@/lib/db/schema/orders";
import { type Gap, gapsAfter } from "./gap-rules";

export function gapsOf(tx: Tx, storeId: string): Promise<Gap[]> {
  return tx
    .select({
      from: orderGaps.from,
      until: orderGaps.until,
      orders: orderGaps.orders,
      askedAt: orderGaps.askedAt,
    })
    .from(orderGaps)
    .where(eq(orderGaps.storeId, storeId))
    .orderBy(asc(orderGaps.from));
}

/** A stretch was read: writes down what of it was not got, and strikes out what was. */
export async function noteRead(db: Db | Tx, storeId: string, read: Gap): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await gapsOf(tx, storeId);
    if (before.length === 0 && read.orders === 0) return;
    const gaps = gapsAfter(before, read);
    await tx.delete(orderGaps).where(eq(orderGaps.storeId, storeId));
    if (gaps.length > 0)
      await tx.insert(orderGaps).values(gaps.map((gap) => ({ ...gap, storeId })));
  });
}

/** Nothing of it was got now, either: it waits for its next day. */
export async function noteGapAsked(
  tx: Tx,
  storeId: string,
  { from }: Gap,
  at: Date,
): Promise<void> {
  await tx
    .update(orderGaps)
    .set({ askedAt: at })
    .where(and(eq(orderGaps.storeId, storeId), eq(orderGaps.from, from)));
}

/** Orders that Kaspi has and that are not here, by the source a store is read from now. Needs `stores`. */
export const unreadOrders = sql<number>`case when ${stores.apiToken} is not null
  then coalesce((select sum(gap.orders) from ${orderGaps} gap where gap.store_id = ${stores}.id), 0)::int
  else coalesce((select read.unreadable from ${orderReads} read
    where read.store_id = ${stores}.id and read.source = 'cabinet'), 0) end`;
