import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { runs } from "@/lib/db/schema/workspace";
import { type Run, told } from "./queries";

/** Progress that bears the id of its job's run, for work nobody has opened a run for; it goes with the run. */
export type Counting = Pick<Run, "id" | "kind"> & { storeId: string };

/** How far it is; null while nobody counts. */
export async function countedSoFar(
  tx: Tx,
  id: string,
): Promise<{ done: number; total: number | null } | null> {
  const [run] = await tx
    .select({ done: runs.done, total: runs.total })
    .from(runs)
    .where(eq(runs.id, id));
  return run ?? null;
}

/** Counts from now on, or says anew how many are left. */
export async function beginCounting(tx: Tx, run: Counting, left: number, now: Date): Promise<void> {
  await tx
    .insert(runs)
    .values({ ...run, status: "running", total: left, createdAt: now, startedAt: now })
    .onConflictDoUpdate({ target: runs.id, set: { total: sql`${runs.done} + ${left}` } })
    .returning({ told });
}

/**
 * So many more are done; nothing happens when nobody counts. Belongs into the transaction that does them:
 * what a crash makes somebody repeat is then counted once.
 */
export async function countDone(tx: Tx, id: string, count: number): Promise<void> {
  const done = sql`${runs.done} + ${count}`;
  await tx
    .update(runs)
    .set({ done, total: sql`greatest(${runs.total}, ${done})` })
    .where(and(eq(runs.id, id), eq(runs.status, "running")))
    .returning({ told });
}

/** The run that was counted for is over. */
export async function endCounting(tx: Tx, id: string): Promise<void> {
  const own = ["reprice"] satisfies Run["kind"][];
  await tx.delete(runs).where(and(eq(runs.id, id), inArray(runs.kind, own)));
}
