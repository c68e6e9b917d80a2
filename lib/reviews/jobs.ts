import { AppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { errorKeyOf } from "@/lib/jobs/error-key";
import { events } from "@/lib/jobs/events";
import { askForDue } from "./ask-for-due";
import { beginWalk } from "./begin-walk";
import { abandonWalk, finishWalk } from "./finish-walk";
import { walkPages } from "./walk-source";

/** At five pages a step more than any walk has. */
const MOST_STEPS = 300;

const RETRIES = 4;

/** Whoever follows a reading waits for another's walk: half an hour at most, and little longer than it takes. */
const MOST_WAITS = 180;
const WAIT = "10s";

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

/** One list at a time is enough, and another for whoever waits: each page is one less of the market. */
export const readReviewsOf = defineJob(
  events.reviewsRequested,
  {
    id: "read-reviews",
    retries: RETRIES,
    concurrency: [{ limit: 1, key: "event.data.sourceId" }, { limit: 2 }],
  },
  async ({ event, step, attempt, signal }) => {
    const order = { ...event.data, by: event.id };
    const access = kaspiAccess();
    let begun = await step.run("begin", () => beginWalk(access, order));
    // A walk that nobody follows is not needed beside another.
    if (begun === null && order.runId === null) return null;
    for (let n = 1; begun === null && n <= MOST_WAITS; n += 1) {
      await step.sleep(`wait-${n}`, WAIT);
      begun = await step.run(`begin-${n}`, () => beginWalk(access, order));
    }
    if (begun === null) throw new AppError("conflict", "reviews_unread");
    let walk = begun;
    const isLastTry = attempt >= RETRIES;
    for (let n = 1; walk.end === null && n <= MOST_STEPS; n += 1) {
      const from = walk;
      walk = await step.run(`pages-${n}`, () =>
        walkPages(access, order, from, { signal, isLastTry }),
      );
    }
    const last = walk;
    return step.run("finish", () => finishWalk(access, order, last));
  },
  async ({ event, error }) => {
    const { db, clock } = kaspiAccess();
    await abandonWalk(db, { ...event.data, by: event.id }, errorKeyOf(error), clock());
  },
);
