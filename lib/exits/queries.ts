import { and, asc, eq, lte, sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { exits } from "@/lib/db/schema/kaspi";
import type { ExitView } from "./model";

export type ExitSlot = {
  exitId: string;
  /** Encrypted; null is the machine's own address. */
  proxyUrl: string | null;
  /** When the request may leave. */
  at: Date;
  /** Why it was last rested, until it answers again. */
  restReason: string | null;
};

/** The addresses the market is read from, for pages: never their proxies. */
export async function exitsInUse(tx: Tx): Promise<ExitView[]> {
  return tx
    .select({
      id: exits.id,
      name: sql<
        string | null
      >`case when ${exits.proxyUrl} is null then null else ${exits.name} end`,
      isActive: exits.isActive,
      readsPerSecond: exits.readsPerSecond,
      restingUntil: exits.restingUntil,
      restReason: exits.restReason,
    })
    .from(exits)
    .orderBy(asc(exits.createdAt), asc(exits.id));
}

/** The machine's own address, present from the first start. */
export async function ensureDirectExit(tx: Tx): Promise<void> {
  const [any] = await tx.select({ id: exits.id }).from(exits).limit(1);
  if (!any) await tx.insert(exits).values({ name: "direct" });
}

export async function hasActiveExit(tx: Tx): Promise<boolean> {
  return (await tx.$count(exits, eq(exits.isActive, true))) > 0;
}

/**
 * Takes the next free slot of the exit that is free soonest, and moves that exit's clock forward by
 * one gap: however many processes ask, none goes faster than its pace. Null: no active exit is free
 * within `longestWaitMs`; then nothing is taken, or the refused looks of a rest would prolong it.
 */
export async function takeExitSlot(
  tx: Tx,
  longestWaitMs: number,
  now: Date,
): Promise<ExitSlot | null> {
  const from = sql`greatest(coalesce(${exits.nextSlotAt}, ${now.toISOString()}), coalesce(${exits.restingUntil}, ${now.toISOString()}), ${now.toISOString()}::timestamptz)`;
  const gap = sql`make_interval(secs => 1 / ${exits.readsPerSecond})`;
  const soonest = tx
    .select({ id: exits.id })
    .from(exits)
    .where(eq(exits.isActive, true))
    .orderBy(asc(from))
    .limit(1)
    .for("update");
  const [slot] = await tx
    .update(exits)
    .set({ nextSlotAt: sql`${from} + ${gap}` })
    .where(and(eq(exits.id, soonest), lte(from, later(now, longestWaitMs).toISOString())))
    .returning({
      exitId: exits.id,
      proxyUrl: exits.proxyUrl,
      restReason: exits.restReason,
      at: sql<string>`${exits.nextSlotAt} - ${gap}`,
    });
  return slot ? { ...slot, at: new Date(slot.at) } : null;
}

/** Kaspi refused this address: nobody uses it for a while. */
export async function restExit(
  tx: Tx,
  exitId: string,
  reason: string,
  forMs: number,
  now: Date,
): Promise<void> {
  await tx
    .update(exits)
    .set({ restingUntil: later(now, forMs), restReason: reason })
    .where(
      and(
        eq(exits.id, exitId),
        sql`coalesce(${exits.restingUntil}, 'epoch') < ${later(now, forMs).toISOString()}`,
      ),
    );
}

export async function clearRest(tx: Tx, exitId: string): Promise<void> {
  await tx.update(exits).set({ restingUntil: null, restReason: null }).where(eq(exits.id, exitId));
}
