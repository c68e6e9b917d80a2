import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { exits } from "@/lib/db/schema/exits";
import { probeAfter, restAfter } from "./circuit-rules";
import type { DeadReason } from "./model";

/** A probe that was begun is not begun again for so long. */
const PROBE_LEASE_MS = 2 * MINUTE;

/** Kaspi refused this address: nobody uses it for a while, for longer each time. Answers how long. */
export async function restExit(
  tx: Tx,
  exitId: string,
  reason: string,
  askedMs: number,
  now: Date,
): Promise<number> {
  return tx.transaction(async (locked) => {
    const [exit] = await locked.select().from(exits).where(eq(exits.id, exitId)).for("update");
    if (!exit) return 0;
    // Refusals of calls that were under way together are one refusal.
    const isResting = exit.restingUntil !== null && exit.restingUntil > now;
    const restMs = restAfter(exit.restsInRow - (isResting ? 1 : 0), askedMs);
    const until = later(now, restMs);
    if (exit.restingUntil && exit.restingUntil >= until)
      return exit.restingUntil.getTime() - now.getTime();
    await locked
      .update(exits)
      .set({
        restingUntil: until,
        restReason: reason,
        restsInRow: exit.restsInRow + (isResting ? 0 : 1),
      })
      .where(eq(exits.id, exitId));
    return restMs;
  });
}

/**
 * Kaspi answers this address again. False when it rests anew: the answer was under way before it was
 * refused once more.
 */
export async function welcomeExit(tx: Tx, exitId: string, now: Date): Promise<boolean> {
  const isRested = or(isNull(exits.restingUntil), lte(exits.restingUntil, now));
  const welcomed = await tx
    .update(exits)
    .set({ restingUntil: null, restReason: null, restsInRow: 0, failuresInRow: 0 })
    .where(and(eq(exits.id, exitId), isRested))
    .returning({ id: exits.id });
  return welcomed.length > 0;
}

/** A call through a proxy brought no answer at all. Answers how many there are in a row. */
export async function countExitFailure(tx: Tx, exitId: string): Promise<number> {
  const [exit] = await tx
    .update(exits)
    .set({ failuresInRow: sql`${exits.failuresInRow} + 1` })
    .where(eq(exits.id, exitId))
    .returning({ failuresInRow: exits.failuresInRow });
  return exit?.failuresInRow ?? 0;
}

/** Nobody uses this proxy before a probe has come through. False when it is dead already. */
export async function giveUpExit(
  tx: Tx,
  exitId: string,
  deadReason: DeadReason,
  now: Date,
): Promise<boolean> {
  const died = await tx
    .update(exits)
    .set({ deadSince: now, deadReason, probesFailed: 0, nextProbeAt: later(now, probeAfter(0)) })
    .where(and(eq(exits.id, exitId), isNotNull(exits.proxyUrl), isNull(exits.deadSince)))
    .returning({ id: exits.id });
  return died.length > 0;
}

export async function clearExitFailures(tx: Tx, exitId: string): Promise<void> {
  await tx
    .update(exits)
    .set({ failuresInRow: 0 })
    .where(and(eq(exits.id, exitId), gt(exits.failuresInRow, 0)));
}

export type Probed = { id: string; proxyUrl: string; identity: string | null };

/** Dead proxies whose time to be tried has come, and that nobody else is trying. */
export async function takeProbes(tx: Tx, most: number, now: Date): Promise<Probed[]> {
  const due = tx
    .select({ id: exits.id })
    .from(exits)
    .where(
      and(
        eq(exits.isActive, true),
        isNotNull(exits.deadSince),
        or(isNull(exits.nextProbeAt), lte(exits.nextProbeAt, now)),
      ),
    )
    .orderBy(asc(exits.nextProbeAt), asc(exits.id))
    .limit(most)
    .for("update", { skipLocked: true });
  const taken = await tx
    .update(exits)
    .set({ nextProbeAt: later(now, PROBE_LEASE_MS) })
    .where(sql`${exits.id} in ${due}`)
    .returning({ id: exits.id, proxyUrl: exits.proxyUrl, identity: exits.identity });
  return taken.flatMap((exit) =>
    exit.proxyUrl === null ? [] : [{ ...exit, proxyUrl: exit.proxyUrl }],
  );
}

/** It came through: it is used from now on. */
export async function reviveExit(tx: Tx, exitId: string): Promise<void> {
  await tx
    .update(exits)
    .set({
      ...{
        deadSince: null,
        deadReason: null,
        nextProbeAt: null,
        probesFailed: 0,
        failuresInRow: 0,
      },
      ...{ restingUntil: null, restReason: null, restsInRow: 0 },
    })
    .where(eq(exits.id, exitId));
}

/** It did not come through: it is dead, and the next try is later than the last. */
export async function buryExit(
  tx: Tx,
  exitId: string,
  reason: DeadReason,
  now: Date,
): Promise<void> {
  const [exit] = await tx
    .update(exits)
    .set({
      deadSince: sql`coalesce(${exits.deadSince}, ${now.toISOString()}::timestamptz)`,
      deadReason: reason,
      probesFailed: sql`${exits.probesFailed} + 1`,
    })
    .where(eq(exits.id, exitId))
    .returning({ probesFailed: exits.probesFailed });
  const nextProbeAt = later(now, probeAfter(exit?.probesFailed ?? 0));
  await tx.update(exits).set({ nextProbeAt }).where(eq(exits.id, exitId));
}
