import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { eventType, NonRetriableError } from "inngest";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { DAY, HOUR, later, systemClock } from "@/lib/core/time";
import { jobRuns } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { emit } from "@/lib/jobs/outbox";
import { ourRunId } from "@/lib/jobs/run-id";
import { runs } from "@/lib/jobs/runs";
import { runJournal } from "@/lib/jobs/runs-journal";
import { closeLostRuns } from "@/lib/jobs/runs-notes";
import { scheduledJobs } from "@/lib/jobs/runs-schedule";
import { openInngest } from "../support/conformance-engine";
import { testDatabase } from "../support/database";
import { inngestStandIn } from "../support/inngest-stand-in";
import { gate, recordingLog } from "../support/jobs";
import { eventually } from "../support/locks";

const { db } = await testDatabase();
const KEY = "ab".repeat(32);

const asked = eventType("test/asked", {
  schema: z.object({ storeId: z.uuid(), how: z.enum(["well", "badly", "slowly"]) }),
});
/** What a slow run waits at, by its store: tests follow one another, their runs overlap. */
const doors = new Map<string, ReturnType<typeof gate>>();
const after: string[] = [];
const job = defineJob(
  asked,
  { id: "asked", retries: 0 },
  async ({ event, step }) => {
    const { how, storeId } = event.data;
    await step.run("begin", async () => {
      await doors.get(storeId)?.pass();
    });
    await step.run("end", async () => {
      after.push(storeId);
      if (how === "badly") throw new NonRetriableError("kaspi_rejected");
    });
  },
  async () => {},
);
const hourly = defineJob(
  null,
  { id: "hourly", retries: 0, cron: { expr: "0 * * * *", tz: "UTC" } },
  async () => {},
);

const server = await inngestStandIn({ signingKey: KEY });
const engine = await openInngest([job, hourly], {
  isDev: false,
  signingKey: KEY,
  eventKey: "event-key",
  baseUrl: server.url,
  middleware: [runJournal(db, systemClock, recordingLog().log)],
});
afterAll(async () => {
  for (const door of doors.values()) door.open();
  await engine.stop();
  server.close();
});

/** Asks for a run and answers it as soon as it stands so. */
async function run(how: "well" | "badly" | "slowly", state: string) {
  const storeId = randomUUID();
  if (how === "slowly") doors.set(storeId, gate());
  await db.transaction((tx) => emit(tx, [asked.create({ storeId, how })]));
  const find = () => db.select().from(jobRuns).where(eq(jobRuns.subject, storeId));
  await eventually(async () => (await find())[0]?.state === state);
  const id = (await find())[0]?.id ?? "";
  return { id, storeId, ...(await runs.get(id)) };
}

/** Resolves when the server has ended the run as failed and its failure handler has gone well. */
const isHandled = (runId: string) =>
  eventually(async () => {
    const ofRun = sql`${jobRuns.event} #>> '{data,run_id}' = ${runId}`;
    const handler = and(eq(jobRuns.job, "asked-failure"), ofRun);
    const [row] = await db.select().from(jobRuns).where(handler);
    return row?.state === "completed";
  });

test("a run on an Inngest server is known here with its steps and its end", async () => {
  expect(await run("well", "completed")).toMatchObject({
    job: "asked",
    steps: [
      { name: "begin", state: "ok" },
      { name: "end", state: "ok" },
    ],
    error: null,
  });
  const bad = await run("badly", "failed");
  expect(bad).toMatchObject({ error: { message: "kaspi_rejected" } });
  await isHandled(bad.id);
});

test("a run cancelled here does nothing more there", async () => {
  const slow = await run("slowly", "running");
  expect(await runs.cancel(slow.id, systemClock())).toBe(true);
  doors.get(slow.storeId)?.open();
  await isHandled(slow.id);
  expect(await runs.get(slow.id)).toMatchObject({ state: "cancelled" });
  expect(after).not.toContain(slow.storeId);
});

test("a run that nobody has heard of for a day is over", async () => {
  const lost = await run("slowly", "running");
  await closeLostRuns(db, later(systemClock(), DAY - HOUR));
  expect(await runs.get(lost.id)).toMatchObject({ finishedAt: null });
  await closeLostRuns(db, later(systemClock(), DAY + HOUR));
  expect(await runs.get(lost.id)).toMatchObject({ state: "failed", error: { name: "LostError" } });
});

test("the schedules are known here, too", async () => {
  expect(await scheduledJobs(db, systemClock())).toMatchObject([{ job: "hourly", late: false }]);
});

test("an id of Inngest's becomes one of ours, the same each time, and ours stay", () => {
  expect(ourRunId("01ARZ3NDEKTSV4RRFFQ69G5FAV")).toBe("01563e3a-b5d3-d676-4c61-efb99302bd5b");
  const own = randomUUID();
  expect(ourRunId(own)).toBe(own);
});
