import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { runs } from "@/lib/db/schema/workspace";

export type Run = typeof runs.$inferSelect;

/** Postgres NOTIFY channel; the payload is the id of a run that has moved. */
export const RUNS_CHANNEL = "duken_runs";
/** Goes into the RETURNING of whatever moves a run: who watches it hears of it once that is committed. */
export const told = sql`pg_notify(${RUNS_CHANNEL}, ${runs.id}::text)`;
const underWay = inArray(runs.status, ["queued", "running"]);

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
    .where(and(eq(runs.storeId, input.storeId), eq(runs.kind, input.kind), underWay));
  if (open) return { id: open.id, isNew: false };
  const [run] = await tx.insert(runs).values(input).returning({ id: runs.id });
  if (!run) throw new Error("insert into runs returned nothing");
  return { id: run.id, isNew: true };
}

/** A store's run is seen by who sees the store; one over several stores by whose it is, and by owners. */
const mayFollow = (caller: Caller) =>
  or(
    and(isNotNull(stores.id), mayRead(caller)),
    and(isNull(runs.storeId), caller.role === "owner" ? sql`true` : eq(runs.userId, caller.id)),
  );

const MOST_FOLLOWED = 100;

/** The runs with these ids, or those under way now, that the caller may see. */
export async function followedRuns(
  tx: Tx,
  caller: Caller,
  which: readonly string[] | "under way",
): Promise<Run[]> {
  const rows = await tx
    .select({ run: runs })
    .from(runs)
    .leftJoin(stores, eq(stores.id, runs.storeId))
    .where(and(which === "under way" ? underWay : inArray(runs.id, [...which]), mayFollow(caller)))
    .orderBy(asc(runs.createdAt))
    .limit(MOST_FOLLOWED);
  return rows.map(({ run }) => run);
}

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

/** The newest sync of each store. */
export async function latestSyncs(tx: Tx, storeIds: string[]): Promise<Run[]> {
  if (storeIds.length === 0) return [];
  return tx
    .selectDistinctOn([runs.storeId])
    .from(runs)
    .where(and(inArray(runs.storeId, storeIds), eq(runs.kind, "sync")))
    .orderBy(runs.storeId, desc(runs.createdAt));
}

/** Begins a run, or goes on with one a crash has interrupted: the start is kept. Throws `gone` for a cancelled one. */
export async function startRun(tx: Tx, id: string, now: Date): Promise<Date> {
  const [run] = await tx
    .update(runs)
    .set({ status: "running", startedAt: sql`coalesce(${runs.startedAt}, ${now.toISOString()})` })
    .where(notCancelled(id))
    .returning({ startedAt: runs.startedAt, told });
  if (!run?.startedAt) throw cancelled();
  return run.startedAt;
}

/** Throws `gone` for a cancelled run: whoever works for it stops, under any engine. */
export async function reportProgress(
  tx: Tx,
  id: string,
  progress: { done: number; total: number | null; counts?: Record<string, number> },
): Promise<void> {
  const reported = await tx
    .update(runs)
    .set(progress)
    .where(notCancelled(id))
    .returning({ id: runs.id, told });
  if (reported.length === 0) throw cancelled();
}

/** Answers whether it was still wanted. */
export async function finishRun(
  tx: Tx,
  id: string,
  counts: Record<string, number>,
  now: Date,
): Promise<boolean> {
  const ended = await tx
    .update(runs)
    .set({ status: "finished", counts, finishedAt: now })
    .where(notCancelled(id))
    .returning({ told });
  return ended.length > 0;
}

/** Ends a run that a person does not want any more; nothing happens when it is over. */
export async function cancelProgress(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .update(runs)
    .set({ status: "cancelled", finishedAt: now })
    .where(and(eq(runs.id, id), underWay))
    .returning({ told });
}

/** Lets a run begin again whose job has failed or was cancelled; one that went well stays as it is. */
export async function reopenProgress(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .update(runs)
    .set({ status: "queued", errorKey: null, startedAt: now, finishedAt: null })
    .where(and(eq(runs.id, id), ne(runs.status, "finished")))
    .returning({ told });
}

const notCancelled = (id: string) => and(eq(runs.id, id), ne(runs.status, "cancelled"));
const cancelled = () => new AppError("gone", "run_cancelled");

/** A run that has just failed. */
export type FailedRun = Pick<Run, "id" | "kind" | "storeId" | "errorKey">;
const failed = { id: runs.id, kind: runs.kind, storeId: runs.storeId, errorKey: runs.errorKey };

/**
 * Fails the runs nobody has heard of for a day, and answers which: their job is lost, and while they are
 * open no other one of their kind may begin.
 */
export async function failForgottenRuns(tx: Tx, now: Date): Promise<FailedRun[]> {
  return tx
    .update(runs)
    .set({ status: "failed", errorKey: "unknown", finishedAt: now })
    .where(
      and(
        underWay,
        lt(sql`coalesce(${runs.startedAt}, ${runs.createdAt})`, later(now, -DAY).toISOString()),
      ),
    )
    .returning({ ...failed, told });
}

/** Answers the run; null if it was not under way. */
export async function failRun(
  tx: Tx,
  id: string,
  errorKey: string,
  now: Date,
): Promise<FailedRun | null> {
  const [ended] = await tx
    .update(runs)
    .set({ status: "failed", errorKey, finishedAt: now })
    .where(and(eq(runs.id, id), underWay))
    .returning({ ...failed, told });
  return ended ?? null;
}
