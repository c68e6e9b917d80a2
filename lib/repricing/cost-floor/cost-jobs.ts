import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { failRun } from "@/lib/runs/queries";
import { beginFloors, recomputeBatch } from "./recompute-floors";

/** The steps of a run are limited (1,000): at four batches of 500 a step this is 1,800,000 products. */
const MOST_STEPS = 900;
const BATCHES_A_STEP = 4;

export const recomputeFloors = defineJob(
  events.floorsRequested,
  { id: "recompute-floors", retries: 4, concurrency: [{ limit: 1 }] },
  async ({ event, step, signal }) => {
    const { runId } = event.data;
    for (let n = 1; n <= MOST_STEPS; n += 1) {
      const goesOn = await step.run(`batches-${n}`, async () => {
        const { db, clock } = kaspiAccess();
        for (let batch = 0; batch < BATCHES_A_STEP && !signal.aborted; batch += 1)
          if (!(await recomputeBatch(db, runId, clock()))) return false;
        return true;
      });
      if (!goesOn) break;
    }
  },
  async ({ event, error }) => {
    const { db, clock } = kaspiAccess();
    await failRun(db, event.data.runId, isAppError(error) ? error.key : "unknown", clock());
  },
);

/** Midnight, of whatever zone, is one of these: the day on which a tariff begins. So is a category that changed. */
export const floorsTick = defineJob(
  null,
  { id: "floors-tick", retries: 1, cron: { expr: "*/5 * * * *", tz: "UTC" } },
  async ({ step }) => {
    const { db, clock } = kaspiAccess();
    return step.run("request", () => db.transaction((tx) => beginFloors(tx, null, clock())));
  },
);
