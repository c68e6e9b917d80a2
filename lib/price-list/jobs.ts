import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { errorKeyOf } from "@/lib/jobs/error-key";
import { events } from "@/lib/jobs/events";
import { failRun } from "@/lib/runs/queries";
import { endUpload, lookAtUpload } from "./follow-upload";
import { lookAfterFeeds } from "./look-after-feeds";
import { rollBack } from "./roll-back";
import { sendUpload } from "./upload-list";
import { moveUpload } from "./upload-queries";

/** A minute apart: longer than a file may be waited for. */
const MOST_TRIES = 90;
const LOOKS = ["20s", "40s", "1m"] as const;

export const uploadList = defineJob(
  events.listUploadRequested,
  {
    id: "upload-list",
    retries: 4,
    concurrency: [{ limit: 1, key: "event.data.storeId" }, { limit: 2 }],
  },
  async ({ event, step, signal }) => {
    const { runId } = event.data;
    for (let n = 1; n <= MOST_TRIES; n += 1) {
      const sent = await step.run(`send-${n}`, () => sendUpload(kaspiAccess(), runId, signal));
      if (sent.kind === "sent") break;
      await step.sleepUntil(`wait-${n}`, new Date(sent.until));
    }
    for (let n = 1; n <= MOST_TRIES; n += 1) {
      await step.sleep(`pause-${n}`, LOOKS[n - 1] ?? "1m");
      if (await step.run(`look-${n}`, () => lookAtUpload(kaspiAccess(), runId, signal))) break;
    }
    await step.run("end", () => endUpload(kaspiAccess(), runId, signal));
  },
  async ({ event, error }) => {
    const { db, clock } = kaspiAccess();
    const { runId } = event.data;
    const now = clock();
    await db.transaction(async (tx) => {
      await moveUpload(tx, runId, { state: "failed", finishedAt: now });
      await failRun(tx, runId, errorKeyOf(error), now);
    });
  },
);

export const rollBackList = defineJob(
  events.listRollbackRequested,
  {
    id: "roll-back-list",
    retries: 4,
    concurrency: [{ limit: 1, key: "event.data.storeId" }, { limit: 2 }],
  },
  async ({ event, step, signal }) => {
    await step.run("put-back", () => rollBack(kaspiAccess(), event.data, signal));
  },
  async ({ event, error }) => {
    const { db, clock } = kaspiAccess();
    await failRun(db, event.data.runId, errorKeyOf(error), clock());
  },
);

export const feedsTick = defineJob(
  null,
  { id: "feeds-tick", retries: 1, cron: { expr: "* * * * *", tz: "UTC" } },
  ({ step }) => step.run("look", () => lookAfterFeeds(kaspiAccess())),
);
