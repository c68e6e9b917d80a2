import { later, SECOND } from "@/lib/core/time";
import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { mailingAccess } from "./access";
import { askForIdleRuns, settleLost, startDue } from "./runs/due";
import { pauseRun } from "./runs/pause-run";
import { sendRun } from "./runs/send-run";

const STEP_MS = 20 * SECOND;
/** At twenty seconds a step; what is left then is the next minute's. */
const MOST_STEPS = 90;

/** Every minute: mailings whose time has come begin, and runs that nobody sends go on. */
export const mailingsTick = defineJob(
  null,
  {
    id: "mailings-tick",
    retries: 0,
    singleton: { mode: "skip" },
    cron: { expr: "* * * * *", tz: "UTC" },
  },
  async ({ step }) => {
    await step.run("begin", () => startDue(mailingAccess()));
    await step.run("settle", () => settleLost(mailingAccess()));
    return step.run("go-on", () => askForIdleRuns(mailingAccess()));
  },
);

/** Sends a run, as long as letters may leave; what waits for later is the tick's. */
export const sendMailingJob = defineJob(
  events.mailingDue,
  { id: "send-mailing", retries: 2, singleton: { key: "event.data.runId", mode: "skip" } },
  async ({ event, step, signal }) => {
    for (let nth = 1; nth <= MOST_STEPS; nth += 1) {
      const goesOn = await step.run(`send-${nth}`, () =>
        sendStep(event.data.runId, event.id, signal),
      );
      if (!goesOn) break;
    }
  },
);

async function sendStep(runId: string, by: string, signal: AbortSignal | undefined) {
  const access = mailingAccess();
  const { db, clock } = access;
  const post = access.openPost?.();
  if (!post) {
    await db.transaction((tx) => pauseRun(tx, runId, "settings", clock()));
    return false;
  }
  try {
    const until = later(clock(), STEP_MS);
    const sent = await sendRun(access, runId, { by, post, until, signal });
    return sent.state === "goesOn" && sent.at <= clock();
  } finally {
    post.close();
  }
}
