import { MINUTE } from "@/lib/core/time";
import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { ourRunId } from "@/lib/jobs/run-id";
import { endVoidQuestions } from "@/lib/repricing/hold/void-questions";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { storesWithOpenDecisions } from "@/lib/repricing/send/publish-queries";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { endCounting } from "@/lib/runs/counting-queries";
import { storesDueForReprice } from "./check-queries";
import { repriceDue } from "./reprice-store";

const MOST_STEPS = 50;

/**
 * Every minute: whatever is due, unsent or unread is asked for, and void questions end. A lost event costs
 * a minute at most. Questions come last, so that one store's ledger never keeps the others waiting.
 */
export const pricingTick = defineJob(
  null,
  { id: "pricing-tick", retries: 1, cron: { expr: "* * * * *", tz: "UTC" } },
  async ({ step }) => {
    const asked = await step.run("request", async () => {
      const { db, clock } = kaspiAccess();
      const now = clock();
      const due = await storesDueForReprice(db, now);
      const open = await storesWithOpenDecisions(db, now);
      await emit(db, [
        ...due.map((storeId) => events.repriceRequested.create({ storeId })),
        ...open.publish.map((storeId) => events.publishRequested.create({ storeId })),
        ...open.confirm.map((storeId) => events.confirmRequested.create({ storeId })),
      ]);
      return { due: due.length, publish: open.publish.length, confirm: open.confirm.length };
    });
    const ended = await step.run("end-questions", () => {
      const { db, clock } = kaspiAccess();
      return endVoidQuestions(db, clock());
    });
    return { ...asked, ended };
  },
);

export const repriceStore = defineJob(
  events.repriceRequested,
  {
    id: "reprice-store",
    retries: 2,
    singleton: { key: "event.data.storeId", mode: "skip" },
    concurrency: [{ limit: 8 }],
  },
  async ({ event, step, signal, runId }) => {
    const { storeId } = event.data;
    const jobRunId = ourRunId(runId);
    for (let n = 1; n <= MOST_STEPS; n += 1) {
      const counts = await step.run(`run-${n}`, async () => {
        const access = kaspiAccess();
        const options = { trigger: "schedule", jobRunId, signal } as const;
        const found = await repriceDue(access, storeId, options);
        if (!found || n === MOST_STEPS) await endCounting(access.db, jobRunId);
        return found;
      });
      if (!counts) break;
    }
  },
);

export const publishPrices = defineJob(
  events.publishRequested,
  {
    id: "publish-prices",
    retries: 4,
    concurrency: [{ limit: 1, key: "event.data.storeId" }, { limit: 8 }],
  },
  async ({ event, step, signal }) => {
    const { storeId } = event.data;
    for (let n = 1; n <= MOST_STEPS; n += 1) {
      const { goesOn } = await step.run(`send-${n}`, () =>
        publishStore(kaspiAccess(), storeId, signal),
      );
      if (!goesOn) break;
    }
  },
);

export const confirmPrices = defineJob(
  events.confirmRequested,
  {
    id: "confirm-prices",
    retries: 4,
    singleton: { key: "event.data.storeId", mode: "skip" },
    concurrency: [{ limit: 8 }],
  },
  async ({ event, step, signal }) => {
    const { storeId } = event.data;
    for (let n = 1; n <= MOST_STEPS; n += 1) {
      const { nextAt } = await step.run(`read-${n}`, () =>
        confirmStore(kaspiAccess(), storeId, signal),
      );
      const soon = kaspiAccess().clock().getTime() + MINUTE;
      // What is due later than the next tick is the tick's: a run need not sleep for it.
      if (nextAt === null || new Date(nextAt).getTime() > soon) break;
      await step.sleepUntil(`wait-${n}`, new Date(nextAt));
    }
  },
);
