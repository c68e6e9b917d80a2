import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { errorKeyOf } from "@/lib/jobs/error-key";
import { events } from "@/lib/jobs/events";
import { failForgottenRuns, failRun } from "@/lib/runs/queries";
import { scheduleNextSync, storesDueForSync } from "@/lib/stores/at-work-queries";
import { type Cursor, walkStart } from "./cursor";
import { requestSync } from "./request-sync";
import { beginSync, finishSync, walkPages } from "./sync-store";
import { tellOfFailedSync } from "./tell-of-sync";

/** The steps of a run are limited (1,000): at ten pages a step this is 900,000 products. */
const MOST_STEPS = 900;

export const syncStore = defineJob(
  events.syncRequested,
  {
    id: "sync-store",
    retries: 4,
    concurrency: [{ limit: 1, key: "event.data.storeId" }, { limit: 4 }],
  },
  async ({ event, step, signal }) => {
    const { storeId, runId } = event.data;
    const access = kaspiAccess();
    await step.run("begin", () => beginSync(access, runId));
    let cursor: Cursor = walkStart;
    for (let n = 1; cursor.phase !== "done" && n <= MOST_STEPS; n += 1) {
      const from = { storeId, runId, cursor };
      cursor = await step.run(`pages-${n}`, () => walkPages(access, from, signal));
    }
    const last = { storeId, runId, cursor };
    return step.run("finish", () => finishSync(access, last));
  },
  async ({ event, error }) => {
    const { db, clock } = kaspiAccess();
    const { storeId, runId } = event.data;
    const [key, now] = [errorKeyOf(error), clock()];
    await db.transaction(async (tx) => {
      const ended = await failRun(tx, runId, key, now);
      await scheduleNextSync(tx, storeId, false, now);
      if (ended) await tellOfFailedSync(tx, ended, now);
    });
  },
);

export const syncDueStores = defineJob(
  null,
  { id: "sync-due-stores", retries: 1, cron: { expr: "*/5 * * * *", tz: "UTC" } },
  async ({ step }) => {
    const { db, clock } = kaspiAccess();
    return step.run("request", async () => {
      await db.transaction(async (tx) => {
        for (const ended of await failForgottenRuns(tx, clock()))
          await tellOfFailedSync(tx, ended, clock());
      });
      const due = await storesDueForSync(db, clock());
      for (const storeId of due) await db.transaction((tx) => requestSync(tx, storeId, null));
      return due.length;
    });
  },
);
