import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { errorKeyOf } from "@/lib/jobs/error-key";
import { events } from "@/lib/jobs/events";
import { failRun } from "@/lib/runs/queries";
import { noteFailure, storeToRead } from "./read-queries";
import { addMet, nothingMet } from "./read-shop";
import { sourceUnderWay } from "./read-state-queries";
import {
  beginReading,
  finishReading,
  readFromCabinet,
  readFromShop,
  tellProgress,
} from "./read-store";
import { requestDue } from "./request-read";

/** A year in windows of a fortnight, and what was left out in the year before. */
const MOST_STEPS = 200;

/** Every minute: stores whose orders are due. A lost event costs ten minutes. */
export const ordersTick = defineJob(
  null,
  { id: "orders-tick", retries: 1, cron: { expr: "* * * * *", tz: "UTC" } },
  ({ step }) =>
    step.run("request", () => {
      const { db, clock } = kaspiAccess();
      return requestDue(db, clock());
    }),
);

export const readOrders = defineJob(
  events.ordersRequested,
  {
    id: "read-orders",
    retries: 4,
    concurrency: [{ limit: 1, key: "event.data.storeId" }, { limit: 4 }],
  },
  async ({ event, step, signal }) => {
    const { storeId, runId } = event.data;
    const access = kaspiAccess();
    const begun = await step.run("begin", () => beginReading(access, { storeId, runId }));
    if (!begun) return;
    const reading = { storeId, runId, ...begun };
    const read = begun.source === "shop_api" ? readFromShop : readFromCabinet;
    let met = nothingMet;
    for (let n = 1, isOver = false; !isOver && n <= MOST_STEPS; n += 1) {
      const sofar = met;
      const part = await step.run(`read-${n}`, async () => {
        const one = await read(access, reading, n, signal);
        await tellProgress(access, reading, addMet(sofar, one));
        return one;
      });
      met = addMet(met, part);
      isOver = part.isOver;
    }
    const whole = met;
    await step.run("finish", () => finishReading(access, reading, whole));
  },
  async ({ event, error }) => {
    const { db, clock } = kaspiAccess();
    const { storeId, runId } = event.data;
    const [key, now] = [errorKeyOf(error), clock()];
    await db.transaction(async (tx) => {
      const source =
        (await sourceUnderWay(tx, storeId)) ?? (await storeToRead(tx, storeId))?.source;
      if (source) await noteFailure(tx, { id: storeId, source }, key, now);
      if (runId) await failRun(tx, runId, key, now);
    });
  },
);
