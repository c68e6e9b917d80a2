import { MINUTE } from "@/lib/core/time";
import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { lookForPreorders } from "./look-store";
import { sendPreorders } from "./send-store";
import { storesWithPreorders } from "./work-queries";

const MOST_STEPS = 50;

/** Every minute: what is wanted or to be looked for is asked for. A lost event costs a minute at most. */
export const preordersTick = defineJob(
  null,
  { id: "preorders-tick", retries: 1, cron: { expr: "* * * * *", tz: "UTC" } },
  ({ step }) =>
    step.run("request", async () => {
      const { db, clock } = kaspiAccess();
      const { push, look } = await storesWithPreorders(db, clock());
      await emit(db, [
        ...push.map((storeId) => events.preordersRequested.create({ storeId })),
        ...look.map((storeId) => events.preordersLook.create({ storeId })),
      ]);
      return { push: push.length, look: look.length };
    }),
);

export const sendStorePreorders = defineJob(
  events.preordersRequested,
  {
    id: "send-preorders",
    retries: 4,
    concurrency: [{ limit: 1, key: "event.data.storeId" }, { limit: 8 }],
  },
  async ({ event, step, signal }) => {
    const { storeId } = event.data;
    for (let n = 1; n <= MOST_STEPS; n += 1) {
      const { goesOn } = await step.run(`send-${n}`, () =>
        sendPreorders(kaspiAccess(), storeId, signal),
      );
      if (!goesOn) break;
    }
  },
);

export const lookForStorePreorders = defineJob(
  events.preordersLook,
  {
    id: "look-for-preorders",
    retries: 4,
    singleton: { key: "event.data.storeId", mode: "skip" },
    concurrency: [{ limit: 8 }],
  },
  async ({ event, step, signal }) => {
    const { storeId } = event.data;
    for (let n = 1; n <= MOST_STEPS; n += 1) {
      const { nextAt } = await step.run(`read-${n}`, () =>
        lookForPreorders(kaspiAccess(), storeId, signal),
      );
      const soon = kaspiAccess().clock().getTime() + MINUTE;
      // What is due later than the next tick is the tick's: a run need not sleep for it.
      if (nextAt === null || new Date(nextAt).getTime() > soon) break;
      await step.sleepUntil(`wait-${n}`, new Date(nextAt));
    }
  },
);
