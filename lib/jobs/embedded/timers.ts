import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm";
import { jobDefinitions, jobQueue, jobRuns, jobWaits, type Memo } from "@/lib/db/schema/jobs";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import { createRun, finishRun, lockActiveRun, settleWait } from "@/lib/jobs/embedded/run-state";
import { nextFiring } from "@/lib/jobs/embedded/schedule";
import { wake } from "@/lib/jobs/outbox";

const AT_ONCE = 100;

/** Ends sleeps and timed-out waits. */
export async function endWaits(engine: EngineContext): Promise<void> {
  const now = engine.clock();
  const due = await engine.db
    .select()
    .from(jobWaits)
    .where(lte(jobWaits.dueAt, now))
    .orderBy(asc(jobWaits.dueAt))
    .limit(AT_ONCE);
  for (const wait of due) {
    const error = { name: "InvokeTimeoutError", message: `${wait.name} did not answer in time` };
    const memo: Memo =
      wait.kind === "invoke" ? { type: "error", error } : { type: "data", data: null };
    await engine.db.transaction((tx) => settleWait(tx, wait, memo, now));
  }
}

/**
 * A call whose process died used up an attempt. At the maximum the run fails: else a job that kills
 * its process would do so for ever.
 */
export async function expireLeases(engine: EngineContext): Promise<void> {
  const now = engine.clock();
  const expired = and(
    lte(jobQueue.leaseUntil, now),
    inArray(jobQueue.job, [...engine.definitions.keys()]),
  );
  const items = await engine.db.select().from(jobQueue).where(expired).limit(AT_ONCE);
  for (const { id, runId, job } of items) {
    await engine.db.transaction(async (tx) => {
      const run = await lockActiveRun(tx, runId);
      const still = and(eq(jobQueue.id, id), expired);
      const [item] = await tx.select().from(jobQueue).where(still).for("update");
      if (!run || !item) return;
      const attempt = item.attempt + 1;
      const maxAttempts = engine.definitions.get(job)?.maxAttempts ?? 1;
      engine.log.warn({ job, run: runId, attempt, maxAttempts }, "Job lost with its process");
      if (attempt < maxAttempts) {
        const set = { attempt, owner: null, leaseUntil: null, dueAt: now };
        await tx.update(jobQueue).set(set).where(still);
        return;
      }
      const message = `The process died ${attempt} times while running this job`;
      await finishRun(tx, run, { state: "failed", error: { name: "LostError", message } }, now);
      engine.log.error({ job, run: runId, error: message }, "Job failed");
    });
  }
}

/** Cancels runs that took longer than their `timeouts.finish`. */
export async function cancelOverdue(engine: EngineContext): Promise<void> {
  const now = engine.clock();
  const overdue = await engine.db
    .select({ id: jobRuns.id })
    .from(jobRuns)
    .where(and(isNull(jobRuns.finishedAt), lte(jobRuns.deadline, now)))
    .limit(AT_ONCE);
  for (const { id } of overdue) {
    await engine.db.transaction(async (tx) => {
      const run = await lockActiveRun(tx, id);
      if (!run) return;
      const error = { name: "TimeoutError", message: "The run took longer than it may" };
      await finishRun(tx, run, { state: "cancelled", error }, now);
      engine.log.error({ job: run.job, run: id, error }, "Job cancelled");
    });
  }
}

/** Starts scheduled jobs. Firings missed while nothing ran become one. */
export async function fireCrons(engine: EngineContext): Promise<void> {
  const now = engine.clock();
  await engine.db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(jobDefinitions)
      .where(
        and(
          lte(jobDefinitions.nextAt, now),
          inArray(jobDefinitions.id, [...engine.definitions.keys()]),
        ),
      )
      .for("update", { skipLocked: true });
    for (const { id, nextAt } of due) {
      const definition = engine.definitions.get(id);
      if (!definition?.cron || !nextAt) continue;
      const event = {
        id: `${id}:${nextAt.toISOString()}`,
        name: "inngest/scheduled.timer",
        data: { cron: `TZ=${definition.cron.timeZone} ${definition.cron.expr}` },
        ts: now.getTime(),
      };
      await createRun(tx, definition, event, now);
      await tx
        .update(jobDefinitions)
        .set({ nextAt: nextFiring(definition.cron, now) })
        .where(eq(jobDefinitions.id, id));
    }
    await wake(tx, "work");
  });
}
