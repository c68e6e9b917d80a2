import { and, eq, gt, inArray, lte, ne, or, sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { kaspiCircuits } from "@/lib/db/schema/exits";
import type { EndpointName } from "@/lib/kaspi/endpoint";
import { FAILURES_TO_OPEN, pauseAfter, TRIAL_MS } from "./circuit-rules";

export type Circuit = typeof kaspiCircuits.$inferSelect;
export type CircuitKey = { exitId: string; endpoint: EndpointName };

const isOf = ({ exitId, endpoint }: CircuitKey) =>
  and(eq(kaspiCircuits.exitId, exitId), eq(kaspiCircuits.endpoint, endpoint));

/** Those that are not closed, or that have failures to their name. Mostly none. */
export async function troubledCircuits(tx: Tx): Promise<Circuit[]> {
  return tx
    .select()
    .from(kaspiCircuits)
    .where(or(ne(kaspiCircuits.state, "closed"), sql`${kaspiCircuits.failuresInRow} > 0`));
}

export type CircuitFailure = {
  kind: string;
  /** A refusal of what was asked for opens it at once, for so long at least. */
  refusedForMs?: number;
};

/** One more failure. The last of a row of them opens the circuit; one of a trial opens it for longer. */
export async function failCircuit(
  tx: Tx,
  key: CircuitKey,
  { kind, refusedForMs }: CircuitFailure,
  now: Date,
): Promise<Circuit | null> {
  return tx.transaction(async (locked) => {
    await locked
      .insert(kaspiCircuits)
      .values({ ...key })
      .onConflictDoNothing();
    const [before] = await locked.select().from(kaspiCircuits).where(isOf(key)).for("update");
    if (!before) return null;
    const failuresInRow = before.failuresInRow + 1;
    const failingSince = before.failingSince ?? now;
    const opens =
      before.state === "half_open" ||
      (before.state === "closed" &&
        (refusedForMs !== undefined || failuresInRow >= FAILURES_TO_OPEN));
    const timesOpened = before.timesOpened + (opens ? 1 : 0);
    const opened = opens && {
      state: "open" as const,
      timesOpened,
      openedAt: before.openedAt ?? now,
      retryAt: later(now, Math.max(pauseAfter(timesOpened), refusedForMs ?? 0)),
    };
    const [after] = await locked
      .update(kaspiCircuits)
      .set({ failuresInRow, lastFailure: kind, failingSince, ...opened })
      .where(isOf(key))
      .returning();
    return after ?? null;
  });
}

/** Kaspi has answered: nothing is held against it any more. */
export async function closeCircuit(tx: Tx, key: CircuitKey): Promise<void> {
  await tx
    .update(kaspiCircuits)
    .set({
      ...{ state: "closed", failuresInRow: 0, timesOpened: 0 },
      ...{ failingSince: null, openedAt: null, retryAt: null },
    })
    .where(isOf(key));
}

/** Takes the one call that may try an open circuit; false when another has it, or it is too early. */
export async function takeTrial(tx: Tx, key: CircuitKey, now: Date): Promise<boolean> {
  const taken = await tx
    .update(kaspiCircuits)
    .set({ state: "half_open", retryAt: later(now, TRIAL_MS) })
    .where(
      and(
        isOf(key),
        inArray(kaspiCircuits.state, ["open", "half_open"]),
        lte(kaspiCircuits.retryAt, now),
      ),
    )
    .returning({ endpoint: kaspiCircuits.endpoint });
  return taken.length > 0;
}

/** Kaspi has answered through it. */
export async function markAnswered(tx: Tx, key: CircuitKey, answeredAt: Date): Promise<void> {
  await tx
    .insert(kaspiCircuits)
    .values({ ...key, answeredAt })
    .onConflictDoUpdate({
      target: [kaspiCircuits.exitId, kaspiCircuits.endpoint],
      set: { answeredAt },
    });
}

/** Whether Kaspi has answered the same through another exit since then. */
export async function hasAnsweredOthers(
  tx: Tx,
  { exitId, endpoint }: CircuitKey,
  since: Date,
): Promise<boolean> {
  const others = and(
    ne(kaspiCircuits.exitId, exitId),
    eq(kaspiCircuits.endpoint, endpoint),
    gt(kaspiCircuits.answeredAt, since),
  );
  return (await tx.$count(kaspiCircuits, others)) > 0;
}
