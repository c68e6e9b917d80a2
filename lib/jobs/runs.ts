import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { db, type Tx } from "@/lib/db/client";
import {
  jobDefinitions,
  jobQueue,
  jobRuns,
  jobSteps,
  jobWaits,
  RETRY,
  type RunState,
  type StoredError,
  type StoredEvent,
} from "@/lib/db/schema/jobs";
import { finishRun, lockActiveRun } from "@/lib/jobs/embedded/run-state";
import { emit, wake } from "@/lib/jobs/outbox";
import { SCHEDULED } from "@/lib/jobs/runs-schedule";
import { inngestKeys } from "@/lib/jobs/which-engine";

/** Events that only engines send: an Inngest server takes none of them from us. */
const OF_ENGINES = "inngest/";

export type RunStep = {
  name: string;
  state: "ok" | "error" | "waiting";
  /** When it ended, or until when it waits. */
  at: Date;
};

export type RunView = {
  id: string;
  job: string;
  state: RunState;
  event: StoredEvent;
  /** Of the step that is being tried now, from 0. */
  attempt: number;
  /** Set between two attempts. */
  nextTryAt: Date | null;
  queuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  steps: RunStep[];
  /** Why it failed, or why the last attempt did. */
  error: StoredError | null;
};

/** Runs as Postgres knows them: whole in the embedded engine, without steps when an Inngest server has them. */
export const runs = {
  async get(id: string, tx: Tx = db()): Promise<RunView | null> {
    const [run] = await tx.select().from(jobRuns).where(eq(jobRuns.id, id));
    if (!run) return null;
    const done = await tx
      .select({ name: jobSteps.name, memo: jobSteps.memo, at: jobSteps.finishedAt })
      .from(jobSteps)
      .where(eq(jobSteps.runId, id))
      .orderBy(asc(jobSteps.seq));
    const waits = await tx
      .select({ name: jobWaits.name, at: jobWaits.dueAt })
      .from(jobWaits)
      .where(eq(jobWaits.runId, id));
    const queue = await tx.select().from(jobQueue).where(eq(jobQueue.runId, id));
    const tried = queue.find(({ attempt }) => attempt > 0);
    const { job, state, event, queuedAt, startedAt, finishedAt, error } = run;
    return {
      id,
      job,
      state,
      event,
      attempt: Math.max(0, ...queue.map((item) => item.attempt)),
      nextTryAt: tried && tried.owner === null ? tried.dueAt : null,
      queuedAt,
      startedAt,
      finishedAt,
      steps: [
        ...done.map(({ name, memo, at }) => ({
          name,
          state: memo.type === "data" ? ("ok" as const) : ("error" as const),
          at,
        })),
        ...waits.map((wait) => ({ ...wait, state: "waiting" as const })),
      ],
      error: error ?? tried?.lastError ?? null,
    };
  },

  /** Ends the run; a step in flight sees its signal aborted. False if it was over already. */
  async cancel(id: string, now: Date, tx: Tx = db()): Promise<boolean> {
    return tx.transaction(async (inner) => {
      const run = await lockActiveRun(inner, id);
      if (!run) return false;
      await finishRun(inner, run, { state: "cancelled", error: null }, now);
      return true;
    });
  },

  /**
   * Asks for a failed or cancelled run again with the input it had, as a run of its own; a scheduled job
   * simply fires now. Asked twice, it happens once. Throws `not_found`; `conflict` when the run is not
   * over, when it went well or was retried already, when it is part of another one, or while the same
   * work is under way.
   */
  async retry(id: string, now: Date, tx: Tx = db()): Promise<void> {
    const [run] = await tx.select().from(jobRuns).where(eq(jobRuns.id, id)).for("update");
    if (!run) throw new AppError("not_found", "run_not_found");
    if (run.state !== "failed" && run.state !== "cancelled")
      throw new AppError("conflict", "run_not_failed");
    const { job, event, subject } = run;
    const [open] = await tx
      .select({ id: jobRuns.id })
      .from(jobRuns)
      .where(
        and(
          eq(jobRuns.job, job),
          inArray(jobRuns.state, ["queued", "running"]),
          isNull(jobRuns.finishedAt),
          sql`${jobRuns.subject} is not distinct from ${subject}::uuid`,
        ),
      )
      .limit(1);
    if (open) throw new AppError("conflict", "run_under_way");
    if (event.name === SCHEDULED) return fireNow(tx, job, now);
    if (event.name.startsWith(OF_ENGINES)) throw new AppError("conflict", "run_is_part");
    const [again] = await tx
      .select({ id: jobRuns.id })
      .from(jobRuns)
      .where(eq(jobRuns.retryOf, id))
      .limit(1);
    if (again) throw new AppError("conflict", "run_retried");
    await emit(tx, [{ id: `${id}${RETRY}`, name: event.name, data: event.data }]);
  },
};

async function fireNow(tx: Tx, job: string, now: Date): Promise<void> {
  // An Inngest server fires its schedules itself, and never before their time.
  if (inngestKeys()) throw new AppError("conflict", "run_scheduled");
  await tx.update(jobDefinitions).set({ nextAt: now }).where(eq(jobDefinitions.id, job));
  await wake(tx, "work");
}
