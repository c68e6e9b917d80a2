import { and, desc, eq, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { runs } from "@/lib/db/schema/workspace";

export type Run = typeof runs.$inferSelect;

/** A new run, or the one of this kind that is already under way for the store. */
export async function openRun(
  tx: Tx,
  input: { kind: Run["kind"]; storeId: string; userId: string | null },
): Promise<{ id: string; isNew: boolean }> {
  // The store row is the lock: two requests at once get the same run.
  await tx
    .select({ id: stores.id })
    .from(stores)
    .where(eq(stores.id, input.storeId))
    .for("no key update");
  const [open] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.storeId, input.storeId),
        eq(runs.kind, input.kind),
        inArray(runs.status, ["queued", "running"]),
      ),
    );
  if (open) return { id: open.id, isNew: false };
  const [run] = await tx.insert(runs).values(input).returning({ id: runs.id });
  if (!run) throw new Error("insert into runs returned nothing");
  return { id: run.id, isNew: true };
}

/** A store's run is seen by who sees the store; one over several stores by whose it is. */
const mayFollow = (caller: Caller) =>
  or(
    and(isNotNull(stores.id), mayRead(caller)),
    and(isNull(runs.storeId), eq(runs.userId, caller.id)),
  );

export async function findRun(tx: Tx, caller: Caller, id: string): Promise<Run | null> {
  const [row] = await tx
    .select({ run: runs })
    .from(runs)
    .leftJoin(stores, eq(stores.id, runs.storeId))
    .where(and(eq(runs.id, id), mayFollow(caller)));
  return row?.run ?? null;
}

export async function runById(tx: Tx, id: string): Promise<Run | null> {
  const [run] = await tx.select().from(runs).where(eq(runs.id, id));
  return run ?? null;
}

/** The newest run of each store, for the stores page. */
export async function latestRuns(tx: Tx, storeIds: string[]): Promise<Run[]> {
  if (storeIds.length === 0) return [];
  return tx
    .selectDistinctOn([runs.storeId])
    .from(runs)
    .where(inArray(runs.storeId, storeIds))
    .orderBy(runs.storeId, desc(runs.createdAt));
}

/** Begins a run, or goes on with one a crash has interrupted: the start is kept. */
export async function startRun(tx: Tx, id: string, now: Date): Promise<Date> {
  const [run] = await tx
    .update(runs)
    .set({ status: "running", startedAt: sql`coalesce(${runs.startedAt}, ${now.toISOString()})` })
    .where(eq(runs.id, id))
    .returning({ startedAt: runs.startedAt });
  if (!run?.startedAt) throw new Error(`run ${id} is missing`);
  return run.startedAt;
}

export async function reportProgress(
  tx: Tx,
  id: string,
  progress: { done: number; total: number | null; counts?: Record<string, number> },
): Promise<void> {
  await tx.update(runs).set(progress).where(eq(runs.id, id));
}

export async function finishRun(
  tx: Tx,
  id: string,
  counts: Record<string, number>,
  now: Date,
): Promise<void> {
  await tx.update(runs).set({ status: "finished", counts, finishedAt: now }).where(eq(runs.id, id));
}

/**
 * Fails the runs nobody has heard of for a day: their job is lost, and while they are open no other
 * one of their kind may begin.
 */
export async function failForgottenRuns(tx: Tx, now: Date): Promise<void> {
  await tx
    .update(runs)
    .set({ status: "failed", errorKey: "unknown", finishedAt: now })
    .where(
      and(
        inArray(runs.status, ["queued", "running"]),
        lt(sql`coalesce(${runs.startedAt}, ${runs.createdAt})`, later(now, -DAY).toISOString()),
      ),
    );
}

export async function failRun(tx: Tx, id: string, errorKey: string, now: Date): Promise<void> {
  await tx
    .update(runs)
    .set({ status: "failed", errorKey, finishedAt: now })
    .where(and(eq(runs.id, id), inArray(runs.status, ["queued", "running"])));
}
