import { and, isNull, lt, notInArray } from "drizzle-orm";
import { DAY, later } from "@/lib/core/time";
import { jobRuns } from "@/lib/db/schema/jobs";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import { finishRun, lockActiveRun } from "@/lib/jobs/embedded/run-state";

/** A process of another version may still know the job; after so long none does. */
const WAIT = DAY;

/** Runs of jobs that are gone from the code fail aloud instead of waiting for ever. */
export async function failUnknown(engine: EngineContext): Promise<void> {
  const now = engine.clock();
  const left = await engine.db
    .select({ id: jobRuns.id })
    .from(jobRuns)
    .where(
      and(
        isNull(jobRuns.finishedAt),
        lt(jobRuns.queuedAt, later(now, -WAIT)),
        notInArray(jobRuns.job, [...engine.definitions.keys()]),
      ),
    )
    .limit(100);
  for (const { id } of left) {
    await engine.db.transaction(async (tx) => {
      const run = await lockActiveRun(tx, id);
      if (!run) return;
      const error = { name: "UnknownJobError", message: `There is no job "${run.job}" any more` };
      await finishRun(tx, run, { state: "failed", error }, now);
      engine.log.error({ job: run.job, run: id, error }, "Job failed");
    });
  }
}
