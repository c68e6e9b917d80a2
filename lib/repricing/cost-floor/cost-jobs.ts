import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { batchesFailed, inBatches } from "@/lib/repricing/batch-job";
import { beginFloors, recomputeBatch } from "./recompute-floors";

export const recomputeFloors = defineJob(
  events.floorsRequested,
  { id: "recompute-floors", retries: 4, concurrency: [{ limit: 1 }] },
  (job) => inBatches(job, recomputeBatch),
  batchesFailed,
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
