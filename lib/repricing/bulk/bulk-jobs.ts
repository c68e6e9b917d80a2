import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { batchesFailed, inBatches } from "@/lib/repricing/batch-job";
import { changeBatch } from "./change-many";

export const changeProducts = defineJob(
  events.bulkRequested,
  {
    id: "change-products",
    retries: 4,
    concurrency: [{ limit: 1, key: "event.data.runId" }, { limit: 2 }],
  },
  (job) => inBatches(job, changeBatch),
  batchesFailed,
);
