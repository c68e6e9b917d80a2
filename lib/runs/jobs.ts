import { database } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";
import { localId } from "@/lib/jobs/embedded/definition";
import { events } from "@/lib/jobs/events";
import { settleFailures } from "./failure-queries";
import { tellOfFailure } from "./tell-of-failure";

/** After the last attempt of any job, in either engine: whose work it was must know. */
export const noteFailedRun = defineJob(
  events.runFailed,
  { id: "note-failed-run", retries: 4 },
  ({ event, step }) =>
    step.run("tell", async () => {
      const { run_id: id, function_id: job } = event.data;
      await tellOfFailure(database().db, { id, job: localId(job) }, new Date(event.ts));
    }),
);

/** Every five minutes: what has gone well since it failed is news no more. */
export const settleFailedRuns = defineJob(
  null,
  { id: "settle-failed-runs", retries: 1, cron: { expr: "*/5 * * * *", tz: "UTC" } },
  ({ event, step }) => step.run("settle", () => settleFailures(database().db, new Date(event.ts))),
);
