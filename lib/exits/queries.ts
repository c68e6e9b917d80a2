import { and, asc, eq, sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { exits } from "@/lib/db/schema/exits";
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
 * Takes the next `most` free slots of the exits that are free soonest, in one committed update, and
 * moves those exits' clocks forward by as many gaps: however many processes ask, none goes faster
 * than its pace. Fewer, soonest first: no more are free within `longestWaitMs`; those are not taken,
 * or the refused looks of a rest would prolong it.
 */
export async function takeExitSlots(
  tx: Tx,
  { most, longestWaitMs }: { most: number; longestWaitMs: number },
  now: Date,
): Promise<ExitSlot[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const until = sql`${later(now, longestWaitMs).toISOString()}::timestamptz`;
  const free = sql`greatest(next_slot_at, resting_until, ${at})`;
  // Locked in one order, or two that take of the same exits might wait for each other.
  const rows = await tx.execute<Omit<ExitSlot, "at"> & { at: string }>(sql`
    with soonest as (
      select id, proxy_url, rest_reason, ${free} as free,
        make_interval(secs => 1 / reads_per_second) as gap
      from ${exits} where is_active and id in (
        select id from ${exits} where is_active and ${free} <= ${until} order by ${free} limit ${most})
      order by id for update
    ), slots as (
      select id, free + nth * gap as at, free + (nth + 1) * gap as following
      from soonest cross join generate_series(0, ${most} - 1) as nth
      where free + nth * gap <= ${until}
      order by at, id limit ${most}
    ), taken as (
      update ${exits} set next_slot_at = last.following
      from (select id, max(following) as following from slots group by id) last
      where exits.id = last.id
    )
    select id as "exitId", proxy_url as "proxyUrl", rest_reason as "restReason", slots.at
    from slots join soonest using (id) order by slots.at, id`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
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
