import type { Db } from "@/lib/db/client";
import { kaspiAccess } from "@/lib/exits/access";
import type { JobStep } from "@/lib/jobs/define-job";
import { errorKeyOf } from "@/lib/jobs/error-key";
import { failRun } from "@/lib/runs/queries";

/** The steps of a run are limited (1,000): at four batches of 500 a step this is 1,800,000 products. */
const MOST_STEPS = 900;
const BATCHES_A_STEP = 4;

type Job = { event: { data: { runId: string } }; step: JobStep; signal: AbortSignal };

/** Does a run's batches one after another, until one says that nothing is left. A batch may be done again. */
export async function inBatches(
  { event, step, signal }: Job,
  doBatch: (db: Db, runId: string, now: Date) => Promise<boolean>,
): Promise<void> {
  for (let n = 1; n <= MOST_STEPS; n += 1) {
    const goesOn = await step.run(`batches-${n}`, async () => {
      const { db, clock } = kaspiAccess();
      for (let batch = 0; batch < BATCHES_A_STEP && !signal.aborted; batch += 1)
        if (!(await doBatch(db, event.data.runId, clock()))) return false;
      return true;
    });
    if (!goesOn) break;
  }
}

/** After the last attempt: the run's row says why it has failed. */
export async function batchesFailed({ event, error }: Pick<Job, "event"> & { error: Error }) {
  const { db, clock } = kaspiAccess();
  await failRun(db, event.data.runId, errorKeyOf(error), clock());
}
