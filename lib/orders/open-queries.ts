import { and, asc, eq, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import { HOUR, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { orders } from "@/lib/db/schema/orders";

type Asked = { id: string; code: string; orderedAt: Date };
const columns = { id: orders.id, code: orders.code, orderedAt: orders.orderedAt };

/** Orders that were not over when they were last read, before that moment; the longest unread first. */
export function openOrders(tx: Tx, storeId: string, before: Date, limit: number): Promise<Asked[]> {
  return tx
    .select(columns)
    .from(orders)
    .where(and(eq(orders.storeId, storeId), ne(orders.tab, "archive"), lt(orders.readAt, before)))
    .orderBy(asc(orders.readAt), asc(orders.code))
    .limit(limit);
}

/** How long an order whose lines Kaspi did not give is left alone: others have their turn. */
const ENTRIES_AGAIN_MS = HOUR;

/** Orders whose lines are not known yet and were not asked for just now: those never asked for first. */
export function withoutEntries(
  tx: Tx,
  storeId: string,
  now: Date,
  limit: number,
): Promise<Asked[]> {
  const mayAsk = or(
    isNull(orders.entriesAskedAt),
    lt(orders.entriesAskedAt, later(now, -ENTRIES_AGAIN_MS)),
  );
  return tx
    .select(columns)
    .from(orders)
    .where(
      and(
        eq(orders.storeId, storeId),
        eq(orders.hasEntries, false),
        isNotNull(orders.kaspiId),
        mayAsk,
      ),
    )
    .orderBy(sql`${orders.entriesAskedAt} asc nulls first`, asc(orders.code))
    .limit(limit);
}

export async function noteEntriesAsked(tx: Tx, orderId: string, at: Date): Promise<void> {
  await tx.update(orders).set({ entriesAskedAt: at }).where(eq(orders.id, orderId));
}

/** Kaspi was asked and does not show it: it is not asked for again and again. */
export async function noteAsked(tx: Tx, orderId: string, readAt: Date): Promise<void> {
  await tx
    .update(orders)
    .set({ readAt })
    .where(and(eq(orders.id, orderId), lt(orders.readAt, readAt)));
}

/** It is in no list of Kaspi's any more: it stays as it was last seen, and counts as open no longer. */
export async function noteLeft(tx: Tx, orderId: string, readAt: Date): Promise<void> {
  await tx
    .update(orders)
    .set({ readAt, leftAt: sql`coalesce(${orders.leftAt}, ${readAt.toISOString()}::timestamptz)` })
    .where(and(eq(orders.id, orderId), lt(orders.readAt, readAt)));
}
