import { eq, sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { exits, kaspiCircuits } from "@/lib/db/schema/exits";
import type { EndpointName } from "@/lib/kaspi/endpoint";
import type { ExitView } from "./model";
import { inTheirOrder } from "./order-queries";

export type ExitSlot = {
  exitId: string;
  /** Encrypted; null is the machine's own address. */
  proxyUrl: string | null;
  /** When the request may leave. */
  at: Date;
  identity: string | null;
  /** Refusals and silences since it last answered. */
  restsInRow: number;
  failuresInRow: number;
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
      deadSince: exits.deadSince,
    })
    .from(exits)
    .orderBy(...inTheirOrder);
}

/** The machine's own address, present from the first start. */
export async function ensureDirectExit(tx: Tx): Promise<void> {
  const [any] = await tx.select({ id: exits.id }).from(exits).limit(1);
  if (!any) await tx.insert(exits).values({ name: "direct", forCabinet: true });
}

/** Why no exit can be read through at all, or not soon. */
export async function whyNoSlot(tx: Tx): Promise<"no_exit" | "address_refused" | "unreachable"> {
  const active = await tx.select().from(exits).where(eq(exits.isActive, true));
  if (active.length === 0) return "no_exit";
  return active.some((exit) => exit.deadSince === null && exit.restsInRow > 0)
    ? "address_refused"
    : "unreachable";
}

/** What the shop window is asked for. Each fails and mends apart from the other, the pace is one. */
export type WindowEndpoint = Extract<EndpointName, "offers" | "reviews">;

export type WantedSlots = { most: number; longestWaitMs: number; endpoint: WindowEndpoint };

/**
 * Takes the next `most` free slots of the exits that are free soonest, among equals of those unused
 * for the longest, in one committed update, and moves those exits' clocks forward by as many gaps: however many processes ask, none goes faster
 * than its pace. Fewer, soonest first: no more are free within `longestWaitMs`; those are not taken,
 * or the refused looks of a rest would prolong it.
 */
export async function takeExitSlots(
  tx: Tx,
  { most, longestWaitMs, endpoint }: WantedSlots,
  now: Date,
): Promise<ExitSlot[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const until = sql`${later(now, longestWaitMs).toISOString()}::timestamptz`;
  const free = sql`greatest(next_slot_at, resting_until, ${at})`;
  const lastUsed = sql`next_slot_at - make_interval(secs => 1 / reads_per_second)`;
  // An open circuit lets its exit stand aside; the first slot after its pause is the trial.
  const works = sql`is_active and dead_since is null and not exists (
    select 1 from ${kaspiCircuits} c where c.exit_id = ${exits.id} and c.endpoint = ${endpoint}
      and c.state <> 'closed' and c.retry_at > ${at})`;
  // Locked in one order, or two that take of the same exits might wait for each other.
  const rows = await tx.execute<Omit<ExitSlot, "at"> & { at: string }>(sql`
    with soonest as (
      select id, proxy_url, identity, rests_in_row, failures_in_row, ${free} as free,
        make_interval(secs => 1 / reads_per_second) as gap, ${lastUsed} as last_used,
        exists (select 1 from ${kaspiCircuits} c where c.exit_id = ${exits.id}
          and c.endpoint = ${endpoint} and c.state <> 'closed') as on_trial
      from ${exits} where is_active and id in (
        select id from ${exits} where ${works} and ${free} <= ${until}
        order by ${free}, ${lastUsed} nulls first, id limit ${most})
      order by id for update
    ), slots as (
      select id, free + nth * gap as at, free + (nth + 1) * gap as following, last_used
      from soonest cross join generate_series(0, ${most} - 1) as nth
      where free + nth * gap <= ${until} and (nth = 0 or not on_trial)
      order by at, last_used nulls first, id limit ${most}
    ), taken as (
      update ${exits} set next_slot_at = last.following
      from (select id, max(following) as following from slots group by id) last
      where exits.id = last.id
    )
    select id as "exitId", proxy_url as "proxyUrl", identity, rests_in_row as "restsInRow",
      failures_in_row as "failuresInRow", slots.at
    from slots join soonest using (id) order by slots.at, slots.last_used nulls first, id`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}
