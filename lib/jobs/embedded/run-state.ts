import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import {
  jobEvents,
  jobQueue,
  jobRuns,
  jobSteps,
  jobThrottles,
  jobWaits,
  type Memo,
  type StoredError,
  type StoredEvent,
} from "@/lib/db/schema/jobs";
import { APP_ID } from "@/lib/jobs/client";
import { type Definition, keyOf } from "@/lib/jobs/embedded/definition";
import { wake } from "@/lib/jobs/outbox";
import { noteSuccess } from "@/lib/jobs/runs-schedule";

// Locks are taken in one order: the run, the run that invoked it, then rows of queue and wait.
// Whoever changes queue, wait or step rows of a run holds its lock; a claim only takes free queue rows.

export type Run = typeof jobRuns.$inferSelect;
/** One call to make. */
export type Item = typeof jobQueue.$inferSelect;
export type Lease = { owner: string; leaseUntil: Date };
export type End =
  | { state: "completed"; result: unknown }
  | { state: "failed" | "cancelled"; error: StoredError | null };

const FAILED_EVENT = "inngest/function.failed";

/** Queues a run; null if a singleton or an idempotency key already holds its place. */
export async function createRun(
  tx: Tx,
  definition: Definition,
  event: StoredEvent,
  now: Date,
): Promise<string | null> {
  const { id: job, singleton, idempotency } = definition;
  const key = (use: string | number, path: string[]) => keyOf(job, use, event.data, path);
  const concurrencyKeys = definition.concurrency.map((limit, index) => key(index, limit.path));
  const [run] = await tx
    .insert(jobRuns)
    .values({
      id: randomUUID(),
      job,
      event,
      state: "queued",
      concurrencyKeys,
      singletonKey: singleton && key("singleton", singleton),
      idempotencyKey: idempotency && key("idempotency", idempotency),
      queuedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: jobRuns.id });
  if (!run) return null;
  const dueAt = await startOf(tx, definition, event, now);
  await tx.insert(jobQueue).values({ runId: run.id, job, stepId: "step", dueAt, concurrencyKeys });
  return run.id;
}

/** The start a throttle leaves free (GCRA), else now. */
async function startOf(
  tx: Tx,
  { id, throttle }: Definition,
  event: StoredEvent,
  now: Date,
): Promise<Date> {
  if (!throttle) return now;
  const gapMs = Math.ceil(throttle.periodMs / throttle.limit);
  const [slot] = await tx
    .insert(jobThrottles)
    .values({
      key: keyOf(id, "throttle", event.data, throttle.path),
      exhaustedUntil: later(now, gapMs),
    })
    .onConflictDoUpdate({
      target: jobThrottles.key,
      set: {
        exhaustedUntil: sql`greatest(${jobThrottles.exhaustedUntil}, ${now.toISOString()}::timestamptz)
          + ${gapMs} * interval '1 millisecond'`,
      },
    })
    .returning({ until: jobThrottles.exhaustedUntil });
  const free = slot ? later(slot.until, -gapMs * throttle.burst) : now;
  return free > now ? free : now;
}

/** Locks the run; null if it is over. */
export async function lockActiveRun(tx: Tx, id: string): Promise<Run | null> {
  const [run] = await tx.select().from(jobRuns).where(eq(jobRuns.id, id)).for("update");
  return run && run.finishedAt === null ? run : null;
}

/** Remembers what a step came to. The caller holds the run's lock. */
export async function saveStep(
  tx: Tx,
  step: { runId: string; stepId: string; name: string },
  memo: Memo,
  now: Date,
): Promise<void> {
  const { runId, stepId: id, name } = step;
  await tx
    .insert(jobSteps)
    .values({ runId, id, name, memo, finishedAt: now })
    .onConflictDoNothing();
}

/**
 * Lets the function go on once nothing it started is still pending; the call is queued, or with a
 * `lease` is the holder's at once. The caller holds the run's lock.
 */
export async function resumeWhenIdle(
  tx: Tx,
  run: Run,
  now: Date,
  lease: Lease | null = null,
): Promise<Item | null> {
  const pending = await tx.execute(sql`
    select from ${jobQueue} where ${jobQueue.runId} = ${run.id}
    union all select from ${jobWaits} where ${jobWaits.runId} = ${run.id} limit 1`);
  if (pending.length > 0) return null;
  const { id: runId, job, concurrencyKeys } = run;
  const [item] = await tx
    .insert(jobQueue)
    .values({ runId, job, stepId: "step", dueAt: now, concurrencyKeys, ...lease })
    .returning();
  return item && lease ? item : null;
}

/** Ends a wait with its answer, unless somebody else just did. */
export async function settleWait(
  tx: Tx,
  wait: { runId: string; stepId: string },
  memo: Memo,
  now: Date,
): Promise<void> {
  const run = await lockActiveRun(tx, wait.runId);
  if (!run) return;
  const [settled] = await tx
    .delete(jobWaits)
    .where(and(eq(jobWaits.runId, wait.runId), eq(jobWaits.stepId, wait.stepId)))
    .returning();
  if (!settled) return;
  await saveStep(tx, settled, memo, now);
  await resumeWhenIdle(tx, run, now);
}

/** Ends a run, answers the run that invoked it, and puts a failure into the outbox. The caller holds the lock. */
export async function finishRun(tx: Tx, run: Run, end: End, now: Date): Promise<void> {
  // Before the run's own row: whoever fires schedules holds the job's and may wait for the run's.
  if (end.state === "completed") await noteSuccess(tx, run, now);
  await tx
    .update(jobRuns)
    .set({ ...end, finishedAt: now })
    .where(eq(jobRuns.id, run.id));
  await tx.delete(jobQueue).where(eq(jobQueue.runId, run.id));
  await tx.delete(jobWaits).where(eq(jobWaits.runId, run.id));
  await answerInvoker(tx, run, end, now);
  if (end.state === "failed" && run.event.name !== FAILED_EVENT) {
    const data = {
      function_id: `${APP_ID}-${run.job}`,
      run_id: run.id,
      error: end.error,
      event: run.event,
    };
    await tx.insert(jobEvents).values({ id: `${run.id}:failed`, name: FAILED_EVENT, data });
  }
  await wake(tx, end.state === "cancelled" ? "cancelled" : "work");
}

async function answerInvoker(tx: Tx, run: Run, end: End, now: Date): Promise<void> {
  const [wait] = await tx.select().from(jobWaits).where(eq(jobWaits.childRunId, run.id));
  if (!wait) return;
  const cancelled = { name: "Error", message: `${run.job} was cancelled` };
  const memo: Memo =
    end.state === "completed"
      ? { type: "data", data: end.result ?? null }
      : { type: "error", error: end.error ?? cancelled };
  await settleWait(tx, wait, memo, now);
}
