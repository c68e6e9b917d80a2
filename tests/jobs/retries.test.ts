import { eventType, NonRetriableError, RetryAfterError } from "inngest";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { DAY, HOUR, MINUTE, SECOND } from "@/lib/core/time";
import { jobQueue, jobRuns } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { inngestBackoff, retryAt } from "@/lib/jobs/embedded/backoff";
import { emit } from "@/lib/jobs/outbox";
import { testDatabase } from "../support/database";
import { startTestJobs } from "../support/jobs";

const { db, empty } = await testDatabase();
beforeEach(empty);

const tried = eventType("test/tried", { schema: z.object({ n: z.number() }) });
const run = async () => (await db.select().from(jobRuns))[0];

/** A job whose only step fails like this, and how often it was tried. */
async function failing(
  fail: () => Error,
  retries: 0 | 1 | 2 | 3 = 2,
  onFailure?: () => Promise<void>,
) {
  const attempts: number[] = [];
  const job = defineJob(
    tried,
    { id: "failing", retries },
    async ({ step, attempt }) =>
      step.run("fail", async () => {
        attempts.push(attempt);
        throw fail();
      }),
    onFailure,
  );
  const jobs = await startTestJobs({ functions: [job] });
  await emit(db, [tried.create({ n: 1 })]);
  await jobs.drain();
  return { ...jobs, attempts };
}

test("a step is tried retries + 1 times, and then the run fails with the step's error", async () => {
  const { attempts, clock, drain, lines } = await failing(() => new Error("still broken"), 2);
  for (let i = 0; i < 5; i += 1) {
    clock.advance(SECOND);
    await drain();
  }
  expect(attempts).toEqual([0, 1, 2]);
  expect(await run()).toMatchObject({ state: "failed", error: { message: "still broken" } });
  expect(lines.filter(({ level }) => level === "error")).toMatchObject([
    { message: "Job failed", fields: { job: "failing", error: { message: "still broken" } } },
  ]);
});

test("an error outside the steps is tried again too", async () => {
  const attempts: number[] = [];
  const job = defineJob(tried, { id: "outside", retries: 1 }, async ({ attempt }) => {
    attempts.push(attempt);
    if (attempt === 0) throw new Error("first time");
  });
  const { drain, clock } = await startTestJobs({ functions: [job] });
  await emit(db, [tried.create({ n: 1 })]);
  await drain();
  clock.advance(SECOND);
  await drain();
  expect(attempts).toEqual([0, 1]);
  expect(await run()).toMatchObject({ state: "completed" });
});

test("nothing is tried again before its time", async () => {
  const { attempts, clock, drain } = await failing(() => new Error("broken"));
  clock.advance(SECOND - 1);
  await drain();
  expect(attempts).toEqual([0]);
});

test("RetryAfterError says when", async () => {
  const { clock } = await failing(() => new RetryAfterError("busy", 30 * MINUTE));
  const [item] = await db.select().from(jobQueue);
  expect(item?.dueAt.getTime()).toBe(clock().getTime() + 30 * MINUTE);
});

test("NonRetriableError and data that does not fit the schema fail the run at once", async () => {
  const { attempts } = await failing(() => new NonRetriableError("pointless"));
  expect(attempts).toEqual([0]);
  expect(await run()).toMatchObject({ state: "failed", error: { message: "pointless" } });
  await empty();
  const job = defineJob(tried, { id: "typed" }, async () => {});
  const { drain } = await startTestJobs({ functions: [job] });
  await emit(db, [{ name: "test/tried", data: { n: "one" } }]);
  await drain();
  expect(await run()).toMatchObject({ state: "failed", error: { name: "EventValidationError" } });
});

test("our own errors follow the table of kinds: retry or not, and when", async () => {
  const final = await failing(() => new AppError("kaspi_session_expired"));
  expect(final.attempts).toEqual([0]);
  expect(await run()).toMatchObject({
    state: "failed",
    error: { message: "kaspi_session_expired" },
  });
  await empty();
  const later = await failing(() => new AppError("kaspi_throttled", "x", { retryAfterMs: HOUR }));
  const [item] = await db.select().from(jobQueue);
  expect(item?.dueAt.getTime()).toBe(later.clock().getTime() + HOUR);
  await empty();
  const soon = await failing(() => new AppError("kaspi_timeout"));
  soon.clock.advance(SECOND);
  await soon.drain();
  expect(soon.attempts).toEqual([0, 1]);
});

test("onFailure runs once, after the last attempt, with the run's own event and the error", async () => {
  const told: unknown[] = [];
  const job = defineJob(
    tried,
    { id: "doomed", retries: 1 },
    async () => {
      throw new Error("doomed");
    },
    async ({ event, error }) => {
      told.push([event.name, event.data.n, error.message]);
    },
  );
  const other = defineJob(tried, { id: "fine" }, async () => {});
  const { drain, clock } = await startTestJobs({ functions: [job, other] });
  await emit(db, [tried.create({ n: 7 })]);
  await drain();
  expect(told).toEqual([]);
  clock.advance(SECOND);
  await drain();
  clock.advance(HOUR);
  await drain();
  expect(told).toEqual([["test/tried", 7, "doomed"]]);
});

test("the waits between attempts are Inngest's, with up to 30 seconds of jitter", () => {
  const waits = Array.from({ length: 12 }, (_, attempt) => inngestBackoff(() => 0)(attempt));
  const s = SECOND;
  const m = MINUTE;
  expect(waits).toEqual([
    ...[15 * s, 30 * s, 1 * m, 2 * m, 5 * m, 10 * m, 20 * m, 40 * m],
    ...[HOUR, 2 * HOUR, 2 * HOUR, 2 * HOUR],
  ]);
  expect(inngestBackoff(() => 0.999)(0)).toBeLessThan(45 * SECOND);
});

test("a retry is never in the past and never more than a day away", () => {
  const now = new Date("2026-03-02T09:00:00Z");
  const at = (retryAfter: string | null) => retryAt(now, 0, retryAfter, () => 5).getTime();
  expect(at(null)).toBe(now.getTime() + 5);
  expect(at("90")).toBe(now.getTime() + 90 * SECOND);
  expect(at("2026-03-02T10:00:00.000Z")).toBe(now.getTime() + HOUR);
  expect(at("2020-01-01T00:00:00.000Z")).toBe(now.getTime());
  expect(at("2030-01-01T00:00:00.000Z")).toBe(now.getTime() + DAY);
});
