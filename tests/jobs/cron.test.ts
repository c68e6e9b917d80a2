import { beforeEach, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "@/lib/core/time";
import { jobDefinitions, jobRuns } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { firings } from "@/lib/jobs/embedded/schedule";
import { testDatabase } from "../support/database";
import { startTestJobs, testClock } from "../support/jobs";

const { db, empty } = await testDatabase();
beforeEach(empty);

const nightly = (expr = "0 3 * * *") =>
  defineJob(null, { id: "nightly", cron: { expr, tz: "Asia/Almaty" } }, async () => "ran");
const starts = async () => (await db.select().from(jobRuns)).length;
const nextAt = async () => (await db.select().from(jobDefinitions))[0]?.nextAt?.toISOString();

test("a schedule is read in its own time zone", async () => {
  const { drain, clock } = await startTestJobs({ functions: [nightly()] });
  expect(await nextAt()).toBe("2026-03-02T22:00:00.000Z");
  clock.advance(13 * HOUR - 1);
  await drain();
  expect(await starts()).toBe(0);
  clock.advance(1);
  await drain();
  expect(await starts()).toBe(1);
  expect(await nextAt()).toBe("2026-03-03T22:00:00.000Z");
});

test("two processes fire a schedule once each time", async () => {
  const clock = testClock();
  const one = await startTestJobs({ functions: [nightly()], clock });
  const two = await startTestJobs({ functions: [nightly()], clock });
  for (let day = 1; day <= 6; day += 1) {
    clock.advance(DAY);
    await Promise.all([one.drain(), two.drain()]);
    expect(await starts()).toBe(day);
  }
});

test("firings missed while nothing ran become one, at once", async () => {
  const clock = testClock();
  await startTestJobs({ functions: [nightly()], clock });
  clock.advance(10 * DAY);
  const later = await startTestJobs({ functions: [nightly()], clock });
  await later.drain();
  expect(await starts()).toBe(1);
});

test("a restart does not put a schedule off, a changed one starts anew", async () => {
  const clock = testClock();
  const half = (expr: string) => startTestJobs({ functions: [nightly(expr)], clock });
  await half("*/30 * * * *");
  clock.advance(29 * MINUTE);
  await half("*/30 * * * *");
  expect(await nextAt()).toBe("2026-03-02T09:30:00.000Z");
  await half("*/10 * * * *");
  expect(await nextAt()).toBe("2026-03-02T09:30:00.000Z");
  await half("0 * * * *");
  expect(await nextAt()).toBe("2026-03-02T10:00:00.000Z");
});

test("a job that is gone is forgotten", async () => {
  const clock = testClock();
  await startTestJobs({ functions: [nightly()], clock });
  await startTestJobs({ functions: [], clock });
  expect(await db.select().from(jobDefinitions)).toEqual([]);
});

test.each([
  [
    "the clocks go forward over it",
    "2026-03-28T12:00:00Z",
    ["2026-03-29T01:00", "2026-03-30T00:30"],
  ],
  ["the clocks go back over it", "2026-10-24T12:00:00Z", ["2026-10-25T00:30", "2026-10-26T01:30"]],
])("a daily schedule fires once a day also when %s", (_when, from, expected) => {
  const schedule = { expr: "30 2 * * *", timeZone: "Europe/Berlin" };
  const fired = firings(schedule, new Date(from), 2).map((at) => at.toISOString().slice(0, 16));
  expect(fired).toEqual(expected);
});

test("an hourly schedule fires every hour there is, on the days of 23 and of 25 hours", () => {
  const schedule = { expr: "0 * * * *", timeZone: "Europe/Berlin" };
  for (const day of ["2026-03-28T22:30:00Z", "2026-10-24T22:30:00Z"]) {
    const times = firings(schedule, new Date(day), 24).map((at) => at.getTime());
    const gaps = times.slice(1).map((at, nth) => at - (times[nth] ?? 0));
    expect(new Set(gaps)).toEqual(new Set([HOUR]));
  }
});

test("a job that is gone from the code leaves no run waiting for ever", async () => {
  const clock = testClock();
  const schedule = { expr: "0 3 * * *", tz: "Asia/Almaty" };
  const asleep = defineJob(null, { id: "asleep", cron: schedule }, ({ step }) =>
    step.sleep("long", "30d"),
  );
  const before = await startTestJobs({ functions: [asleep], clock });
  clock.advance(DAY);
  await before.drain();
  const after = await startTestJobs({ functions: [], clock });
  await after.drain();
  expect((await db.select().from(jobRuns))[0]?.state).not.toBe("failed");
  clock.advance(DAY + HOUR);
  await after.drain();
  expect(await db.select().from(jobRuns)).toMatchObject([
    { state: "failed", error: { name: "UnknownJobError" } },
  ]);
});
