import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { noteFailedRun, settleFailedRuns } from "@/lib/runs/jobs";
import { reportProgress, startRun } from "@/lib/runs/queries";
import { requestSync } from "@/lib/sync/request-sync";
import { startTestJobs, testClock } from "../support/jobs";
import type { TestOffice } from "../support/office";

/** A sync that rests for an hour in its middle, and fails at its end for as long as it is told to. */
export async function slowSyncs({ database, access }: TestOffice) {
  const how: { fails: boolean; with: string } = { fails: false, with: "kaspi_rejected: no_list" };
  const clock = testClock();
  const job = defineJob(
    events.syncRequested,
    { id: "sync-store", retries: 0 },
    async ({ event, step }) => {
      const { runId } = event.data;
      await step.run("begin", () => startRun(access.db, runId, clock()));
      await step.run("pages-1", () => reportProgress(access.db, runId, { done: 30, total: 100 }));
      await step.sleep("rest", "1h");
      await step.run("finish", async () => {
        if (how.fails) throw new Error(how.with);
      });
    },
  );
  const engine = await startTestJobs({
    db: database,
    functions: [job, noteFailedRun, settleFailedRuns],
    clock,
  });
  return {
    ...engine,
    how,
    request: (storeId: string, userId: string | null = null) =>
      access.db.transaction((tx) => requestSync(tx, storeId, userId)),
  };
}
