import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { eventType, NonRetriableError } from "inngest";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { DAY, HOUR, later, SECOND } from "@/lib/core/time";
import { jobEvents, jobRuns, jobSteps } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { jobHealth } from "@/lib/jobs/health";
import { emit } from "@/lib/jobs/outbox";
import { runs } from "@/lib/jobs/runs";
import { testDatabase } from "../support/database";
import { startTestJobs } from "../support/jobs";

const { db, empty } = await testDatabase();
beforeEach(empty);

const walked = eventType("test/walked", { schema: z.object({ n: z.number() }) });
const send = () => emit(db, [walked.create({ n: 1 })]);
const onlyRun = async () => {
  const [run] = await db.select().from(jobRuns);
  return run?.id ?? "";
};

const walk = defineJob(walked, { id: "walk", retries: 1 }, async ({ step }) => {
  await step.run("first", async () => 1);
  await step.sleep("nap", "1h");
  await step.run("last", async () => {
    throw new Error("tired");
  });
});

test("a run shows how far it is, what it waits for, and how it ended", async () => {
  const { drain, clock } = await startTestJobs({ functions: [walk] });
  await send();
  await drain();
  const id = await onlyRun();
  const first = { name: "first", state: "ok", at: clock() };
  expect(await runs.get(id)).toMatchObject({
    job: "walk",
    state: "running",
    steps: [first, { name: "nap", state: "waiting", at: later(clock(), HOUR) }],
  });
  clock.advance(HOUR);
  await drain();
  expect(await runs.get(id)).toMatchObject({
    state: "running",
    attempt: 1,
    nextTryAt: later(clock(), SECOND),
    error: { message: "tired" },
  });
  clock.advance(SECOND);
  await drain();
  expect(await runs.get(id)).toMatchObject({
    state: "failed",
    finishedAt: clock(),
    steps: [first, { name: "nap", state: "ok" }, { name: "last", state: "error" }],
    error: { message: "tired" },
  });
  expect(await runs.get(randomUUID())).toBeNull();
});

test("a cancelled run does nothing more, and is cancelled once", async () => {
  const { drain, clock } = await startTestJobs({ functions: [walk] });
  await send();
  await drain();
  const id = await onlyRun();
  expect(await runs.cancel(id, clock())).toBe(true);
  expect(await runs.cancel(id, clock())).toBe(false);
  clock.advance(DAY);
  await drain();
  expect(await runs.get(id)).toMatchObject({ state: "cancelled", error: null, attempt: 0 });
});

test("a failed run is done again with its input, once, and not while the same work is under way", async () => {
  let fail = true;
  const about = eventType("test/about", { schema: z.object({ storeId: z.uuid() }) });
  const job = defineJob(about, { id: "moody", retries: 0 }, async ({ step }) => {
    await step.sleep("think", "1h");
    if (fail) throw new Error("no");
  });
  const { drain, clock } = await startTestJobs({ functions: [job] });
  const think = async () => {
    await drain();
    clock.advance(HOUR);
    await drain();
  };
  const storeId = randomUUID();
  await emit(db, [about.create({ storeId })]);
  await drain();
  const id = await onlyRun();
  await expect(runs.retry(id, clock())).rejects.toMatchObject({ key: "run_not_failed" });
  await think();
  await runs.retry(id, clock());
  await runs.retry(id, clock());
  await drain();
  const again = (await db.select().from(jobRuns)).filter((run) => run.id !== id);
  expect(again).toMatchObject([{ retryOf: id, subject: storeId, event: { data: { storeId } } }]);
  await expect(runs.retry(id, clock())).rejects.toMatchObject({ key: "run_under_way" });
  fail = false;
  await think();
  expect(await runs.get(again[0]?.id ?? "")).toMatchObject({ state: "completed" });
  await expect(runs.retry(id, clock())).rejects.toMatchObject({ key: "run_retried" });
  await expect(runs.retry(randomUUID(), clock())).rejects.toMatchObject({ kind: "not_found" });
});

test("a run that an engine's own event began is done again only with the work it is part of", async () => {
  const failing = defineJob(
    walked,
    { id: "failing", retries: 0 },
    async () => {
      throw new Error("no");
    },
    async () => {
      throw new NonRetriableError("not even that");
    },
  );
  const { drain, clock } = await startTestJobs({ functions: [failing] });
  await send();
  await drain();
  const [handler] = await db.select().from(jobRuns).where(eq(jobRuns.job, "failing-failure"));
  expect(handler).toMatchObject({ state: "failed", event: { name: "inngest/function.failed" } });
  const events = await db.$count(jobEvents);
  const refusal = { kind: "conflict", key: "run_is_part" };
  await expect(runs.retry(handler?.id ?? "", clock())).rejects.toMatchObject(refusal);
  expect(await db.$count(jobEvents)).toBe(events);
});

test("a scheduled run done again fires the schedule now", async () => {
  const job = defineJob(
    null,
    { id: "hourly", retries: 0, cron: { expr: "0 * * * *", tz: "UTC" } },
    async () => {
      throw new Error("no");
    },
  );
  const { drain, clock } = await startTestJobs({ functions: [job] });
  clock.advance(HOUR);
  await drain();
  await runs.retry(await onlyRun(), clock());
  await drain();
  expect(await db.select().from(jobRuns)).toHaveLength(2);
});

test("the health of a job is its last success, its last failure, and what it is doing", async () => {
  let fail = true;
  const job = defineJob(walked, { id: "moody", retries: 0 }, async ({ step }) => {
    await step.sleep("think", "1h");
    if (fail) throw new Error("no");
  });
  const { drain, clock } = await startTestJobs({ functions: [job] });
  const nothing = { lastSuccessAt: null, lastFailureAt: null, running: 0, queued: 0, late: false };
  expect(await jobHealth(clock())).toMatchObject([{ job: "moody", ...nothing }]);
  await send();
  await drain();
  expect(await jobHealth(clock())).toMatchObject([{ running: 1 }]);
  clock.advance(HOUR);
  await drain();
  const failedAt = clock();
  fail = false;
  await send();
  await drain();
  clock.advance(HOUR);
  await drain();
  expect(await jobHealth(clock())).toMatchObject([
    {
      lastSuccessAt: clock(),
      lastFailureAt: failedAt,
      lastError: { name: "Error", message: "no" },
      running: 0,
    },
  ]);
});

test("a scheduled job without a success for two intervals is late", async () => {
  let fail = false;
  const job = defineJob(
    null,
    { id: "hourly", retries: 0, cron: { expr: "0 * * * *", tz: "Asia/Almaty" } },
    async () => {
      if (fail) throw new Error("no");
    },
  );
  const { drain, clock } = await startTestJobs({ functions: [job] });
  const late: (boolean | undefined)[] = [];
  const pass = async () => {
    clock.advance(HOUR);
    await drain();
    late.push((await jobHealth(clock()))[0]?.late);
  };
  await pass();
  fail = true;
  await pass();
  await pass();
  await pass();
  fail = false;
  await pass();
  expect(late).toEqual([false, false, false, true, false]);
});

test("completed runs are kept for 7 days, failed ones for 30, events for one", async () => {
  const job = defineJob(walked, { id: "kept", retries: 0 }, async ({ event, step }) => {
    await step.run("one", async () => 1);
    if (event.data.n === 2) throw new Error("kept longer");
  });
  const { drain, clock } = await startTestJobs({ functions: [job] });
  await emit(db, [walked.create({ n: 1 }), walked.create({ n: 2 })]);
  await drain();
  const states = async () => (await db.select().from(jobRuns)).map(({ state }) => state).sort();
  clock.advance(7 * DAY);
  await drain();
  expect(await states()).toEqual(["completed", "failed"]);
  expect(await db.select().from(jobEvents)).toEqual([]);
  clock.advance(HOUR);
  await drain();
  expect(await states()).toEqual(["failed"]);
  clock.advance(23 * DAY);
  await drain();
  expect(await states()).toEqual([]);
  expect(await db.select().from(jobSteps)).toEqual([]);
});
