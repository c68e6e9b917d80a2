import { admitBotKey } from "@/lib/auth/bot-key";
import { env } from "@/lib/env";
import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { tellingAccess } from "./access";
import { anyDue } from "./chat-queries";
import { makeDigests } from "./make-digests";
import { raiseShopNews, raiseStockNews } from "./raise-shop-news";
import { sendTellings } from "./send-tellings";
import { spreadNotices } from "./spread-notices";

/** At twenty seconds a step; what is left then is the next minute's. */
const MOST_STEPS = 90;

/** Every minute: what is news in the office is written down for whom it is, and sent soon. */
export const tellingsTick = defineJob(
  null,
  {
    id: "tellings-tick",
    retries: 0,
    singleton: { mode: "skip" },
    cron: { expr: "* * * * *", tz: "UTC" },
  },
  async ({ step }) => {
    await step.run("spread", () => spreadNotices(tellingAccess()));
    await step.run("digests", () => makeDigests(tellingAccess()));
    return step.run("tell", async () => {
      const { db, clock, telegram } = tellingAccess();
      if (!telegram) return false;
      await letBotIn();
      const isDue = await anyDue(db, clock());
      if (isDue) await db.transaction((tx) => emit(tx, [events.tellingsDue.create({})]));
      return isDue;
    });
  },
);

/** Every minute: what waits and what is stopped. A job of its own: what breaks here stops no other news. */
export const shopNewsTick = defineJob(
  null,
  {
    id: "shop-news-tick",
    retries: 0,
    singleton: { mode: "skip" },
    cron: { expr: "* * * * *", tz: "UTC" },
  },
  ({ step }) => step.run("check", () => raiseShopNews(tellingAccess())),
);

/** Its key is somebody's: who was there first may be blocked, or have come after the launcher. */
async function letBotIn(): Promise<void> {
  const { db, clock } = tellingAccess();
  const { BOT_API_KEY } = env();
  if (BOT_API_KEY) await admitBotKey(db, BOT_API_KEY, clock());
}

/** Sends what is due, one run at a time for the whole office. */
export const sendTellingsJob = defineJob(
  events.tellingsDue,
  { id: "send-tellings", retries: 2, singleton: { mode: "skip" } },
  async ({ step, signal }) => {
    let messages = 0;
    for (let nth = 1; nth <= MOST_STEPS; nth += 1) {
      const sent = await step.run(`tell-${nth}`, () => sendTellings(tellingAccess(), { signal }));
      messages += sent.messages;
      if (!sent.goesOn) break;
    }
    return messages;
  },
);

/** Every hour: goods that run out. */
export const stockTick = defineJob(
  null,
  {
    id: "stock-tick",
    retries: 2,
    singleton: { mode: "skip" },
    cron: { expr: "7 * * * *", tz: "UTC" },
  },
  ({ step }) => step.run("check", () => raiseStockNews(tellingAccess())),
);
