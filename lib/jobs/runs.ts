import { asc, eq } from "drizzle-orm";
import { db, type Tx } from "@/lib/db/client";
import {
  jobQueue,
  jobRuns,
  jobSteps,
  jobWaits,
  type RunState,
  type StoredError,
} from "@/lib/db/schema/jobs";
import { finishRun, lockActiveRun } from "@/lib/jobs/embedded/run-state";

export type RunView = {
  id: string;
  job: string;
  state: RunState;
  /** Of the step that is being tried now, from 0. */
  attempt: number;
  queuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  steps: { name: string; state: "ok" | "error" | "waiting" }[];
  error: StoredError | null;
};

/** Runs of the embedded engine. With an Inngest server they are there. */
export const runs = {
  async get(id: string, tx: Tx = db()): Promise<RunView | null> {
    const [run] = await tx.select().from(jobRuns).where(eq(jobRuns.id, id));
    if (!run) return null;
    const done = await tx
      .select({ name: jobSteps.name, memo: jobSteps.memo })
      .from(jobSteps)
      .where(eq(jobSteps.runId, id))
      .orderBy(asc(jobSteps.seq));
    const waits = await tx.select().from(jobWaits).where(eq(jobWaits.runId, id));
    const queue = await tx.select().from(jobQueue).where(eq(jobQueue.runId, id));
    const { job, state, queuedAt, startedAt, finishedAt, error } = run;
    return {
      id,
      job,
      state,
      attempt: Math.max(0, ...queue.map((item) => item.attempt)),
      queuedAt,
      startedAt,
      finishedAt,
      steps: [
        ...done.map(({ name, memo }) => ({
          name,
          state: memo.type === "data" ? ("ok" as const) : ("error" as const),
        })),
        ...waits.map(({ name }) => ({ name, state: "waiting" as const })),
      ],
      error,
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
};
