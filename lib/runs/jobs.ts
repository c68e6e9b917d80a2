import { database } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";
import { localId } from "@/lib/jobs/embedded/definition";
import { events } from "@/lib/jobs/events";
import { ourRunId } from "@/lib/jobs/run-id";
import { closeLostRuns } from "@/lib/jobs/runs-notes";
import { settleFailures } from "./failure-queries";
import { tellOfFailure } from "./tell-of-failure";

/** After the last attempt of any job, in either engine: whose work it was must know. */
export const noteFailedRun = defineJob(
  events.runFailed,
  { id: "note-failed-run", retries: 4 },
  ({ event, step }) =>
    step.run("tell", async () => {
      const { run_id: id, function_id: job } = event.data;
      await tellOfFailure(
        database().db,
        { id: ourRunId(id), job: localId(job) },
        new Date(event.ts),
      );
    }),
);

/** Every five minutes: what nobody has heard of is over, and what has gone well since it failed is news no more. */
export const settleFailedRuns = defineJob(
  null,
  { id: "settle-failed-runs", retries: 1, cron: { expr: "*/5 * * * *", tz: "UTC" } },
  ({ event, step }) =>
    step.run("settle", async () => {
      const { db } = database();
      const now = new Date(event.ts);
      await closeLostRuns(db, now);
      return settleFailures(db, now);
    }),
);
