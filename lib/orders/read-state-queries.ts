import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderReads } from "@/lib/db/schema/orders";
import { isOf, type ReadSource, target, type Which } from "./read-queries";

/** A reading begins, and is under way until it is whole, fails or ends. */
export async function noteBegun(tx: Tx, store: Which, now: Date): Promise<void> {
  await tx
    .insert(orderReads)
    .values({ storeId: store.id, source: store.source, nextReadAt: now, begunAt: now })
    .onConflictDoUpdate({ target, set: { begunAt: now } });
}

export async function noteEnded(tx: Tx, store: Which): Promise<void> {
  await tx.update(orderReads).set({ begunAt: null }).where(isOf(store));
}

/** The source of the reading that began last and has not ended; null: none is under way. */
export async function sourceUnderWay(tx: Tx, storeId: string): Promise<ReadSource | null> {
  const [row] = await tx
    .select({ source: orderReads.source })
    .from(orderReads)
    .where(and(eq(orderReads.storeId, storeId), isNotNull(orderReads.begunAt)))
    .orderBy(desc(orderReads.begunAt))
    .limit(1);
  return row?.source ?? null;
}

/** Lines without a product have looked among these goods; false: they had already. */
export async function noteLinked(tx: Tx, store: Which, goods: string): Promise<boolean> {
  const noted = await tx
    .update(orderReads)
    .set({ linkedAmong: goods })
    .where(and(isOf(store), sql`${orderReads.linkedAmong} is distinct from ${goods}`))
    .returning({ source: orderReads.source });
  return noted.length > 0;
}

/** Which form the cabinet's orders were read in last. */
export async function isLegacy(tx: Tx, store: Which): Promise<boolean> {
  const [row] = await tx
    .select({ isLegacy: orderReads.isLegacy })
    .from(orderReads)
    .where(isOf(store));
  return row?.isLegacy ?? false;
}

export async function noteLegacy(tx: Tx, store: Which, isLegacy: boolean): Promise<void> {
  await tx.update(orderReads).set({ isLegacy }).where(isOf(store));
}
