import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { errorKeyOf } from "@/lib/jobs/error-key";
import { events } from "@/lib/jobs/events";
import { askForDue } from "./ask-for-due";
import { abandonWalk, beginWalk, finishWalk, walkPages } from "./walk-source";

/** At five pages a step more than any walk has. */
const MOST_STEPS = 300;

/** Every five minutes: lists of reviews that are due are asked for. A lost event costs half an hour at most. */
export const reviewsTick = defineJob(
  null,
  { id: "reviews-tick", retries: 1, cron: { expr: "*/5 * * * *", tz: "UTC" } },
  ({ step }) =>
    step.run("request", () => {
      const { db, clock } = kaspiAccess();
      return askForDue(db, clock());
    }),
);

export const readReviewsOf = defineJob(
  events.reviewsRequested,
  {
    id: "read-reviews",
    retries: 4,
    concurrency: [{ limit: 1, key: "event.data.sourceId" }, { limit: 4 }],
  },
  async ({ event, step, signal }) => {
    const { sourceId, storeId, runId } = event.data;
    const order = { sourceId, storeId, runId };
    const access = kaspiAccess();
    let walk = await step.run("begin", () => beginWalk(access, order));
    for (let n = 1; walk.end === null && n <= MOST_STEPS; n += 1) {
      const from = walk;
      walk = await step.run(`pages-${n}`, () => walkPages(access, order, from, signal));
    }
    const last = walk;
    return step.run("finish", () => finishWalk(access, order, last));
  },
  async ({ event, error }) => {
    const { db, clock } = kaspiAccess();
    const { sourceId, storeId, runId } = event.data;
    await abandonWalk(db, { sourceId, storeId, runId }, errorKeyOf(error), clock());
  },
);
