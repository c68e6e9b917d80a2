import { and, asc, eq, isNotNull, lt, ne } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orders } from "@/lib/db/schema/orders";

/** Orders that were not over when they were last read, before that moment; the longest unread first. */
export function openOrders(
  tx: Tx,
  storeId: string,
  before: Date,
  limit: number,
): Promise<{ id: string; code: string }[]> {
  return tx
    .select({ id: orders.id, code: orders.code })
    .from(orders)
    .where(and(eq(orders.storeId, storeId), ne(orders.tab, "archive"), lt(orders.readAt, before)))
    .orderBy(asc(orders.readAt), asc(orders.code))
    .limit(limit);
}

/** Orders whose lines are not known yet. */
export function withoutEntries(
  tx: Tx,
  storeId: string,
  limit: number,
): Promise<{ id: string; code: string; kaspiId: string | null }[]> {
  return tx
    .select({ id: orders.id, code: orders.code, kaspiId: orders.kaspiId })
    .from(orders)
    .where(
      and(eq(orders.storeId, storeId), eq(orders.hasEntries, false), isNotNull(orders.kaspiId)),
    )
    .orderBy(asc(orders.readAt), asc(orders.code))
    .limit(limit);
}

/** Kaspi was asked and does not know it: it is not asked for again and again. */
export async function noteAsked(tx: Tx, orderId: string, readAt: Date): Promise<void> {
  await tx
    .update(orders)
    .set({ readAt })
    .where(and(eq(orders.id, orderId), lt(orders.readAt, readAt)));
}
