import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { webhookAccess } from "./access";
import { sendDue } from "./send-deliveries";
import { dueWebhooks } from "./sending-queries";

/** At ten seconds a step; what is left then is the next minute's. */
const MOST_STEPS = 20;

/**
 * A run for each webhook that has something to send, a few side by side. While it gathers what comes together
 * and works, others for the same webhook are not begun; what falls between two is the next minute's.
 */
export const sendWebhooks = defineJob(
  events.webhookDue,
  {
    id: "send-webhooks",
    retries: 2,
    concurrency: [{ limit: 4 }],
    singleton: { key: "event.data.webhookId", mode: "skip" },
  },
  async ({ event, step, signal }) => {
    const { webhookId } = event.data;
    await step.sleep("gather", "1s");
    let sent = 0;
    for (let nth = 1; nth <= MOST_STEPS; nth += 1) {
      const done = await step.run(`send-${nth}`, () => sendDue(webhookAccess(), webhookId, signal));
      sent += done.sent;
      if (!done.goesOn) break;
    }
    return sent;
  },
);

/** Every minute: what is to be sent again, or has not found anybody to send it. */
export const webhooksTick = defineJob(
  null,
  {
    id: "webhooks-tick",
    retries: 0,
    singleton: { mode: "skip" },
    cron: { expr: "* * * * *", tz: "UTC" },
  },
  ({ step }) =>
    step.run("find", async () => {
      const { db, clock } = webhookAccess();
      const due = await dueWebhooks(db, clock());
      const wanted = due.map((webhookId) => events.webhookDue.create({ webhookId }));
      await db.transaction((tx) => emit(tx, wanted));
      return due.length;
    }),
);
