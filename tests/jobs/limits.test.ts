import { eventType } from "inngest";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { DAY, HOUR, MINUTE, SECOND } from "@/lib/core/time";
import { jobRuns } from "@/lib/db/schema/jobs";
import { defineJob, type JobOptions } from "@/lib/jobs/define-job";
import { emit } from "@/lib/jobs/outbox";
import { testDatabase } from "../support/database";
import { gate, startTestJobs, testClock } from "../support/jobs";

const { db, empty } = await testDatabase();
beforeEach(empty);

const schema = z.object({ shop: z.string(), n: z.number() });
type Data = z.infer<typeof schema>;
const asked = eventType("test/asked", { schema });
const withdrawn = eventType("test/withdrawn", { schema: z.object({ shop: z.string() }) });

const ask = (...shops: string[]) =>
  emit(
    db,
    shops.map((shop, n) => asked.create({ shop, n })),
  );
const states = async () => (await db.select().from(jobRuns)).map((run) => run.state).sort();

/** A job that notes who passes, at a door the test opens. */
function guarded(options: Omit<JobOptions<Data>, "id">) {
  const door = gate();
  const inside: string[] = [];
  const job = defineJob(asked, { id: "guarded", ...options }, async ({ event, step }) => {
    await step.run("work", async () => {
      inside.push(event.data.shop);
      await door.pass();
    });
  });
  return { door, inside, job };
}

test("two limits hold exactly, counted over two engines", async () => {
  const { door, inside, job } = guarded({
    concurrency: [{ limit: 1, key: "event.data.shop" }, { limit: 3 }],
  });
  const clock = testClock();
  const one = await startTestJobs({ functions: [job], clock });
  const two = await startTestJobs({ functions: [job], clock });
  await ask("a", "a", "b", "b", "c", "d", "e");
  await Promise.all([one.tick(), two.tick()]);
  await Promise.all([one.tick(), two.tick()]);
  await door.arrived(3);
  await Promise.all([one.tick(), two.tick()]);
  expect(inside.sort()).toEqual(["a", "b", "c"]);
  door.open();
  await Promise.all([one.drain(), two.drain()]);
  await one.drain();
  expect(inside.sort()).toEqual(["a", "a", "b", "b", "c", "d", "e"]);
});

test("a full key does not hold back the work of others", async () => {
  const { door, inside, job } = guarded({ concurrency: [{ limit: 1, key: "event.data.shop" }] });
  const jobs = await startTestJobs({ functions: [job], places: 4 });
  await ask(...Array.from({ length: 20 }, () => "busy"), "quiet");
  await jobs.tick();
  await door.arrived(2);
  expect(inside.sort()).toEqual(["busy", "quiet"]);
  door.open();
  await jobs.drain();
  expect(inside).toHaveLength(21);
});

test("a sleeping run holds no place", async () => {
  const woken: number[] = [];
  const job = defineJob(asked, { id: "sleepers", concurrency: [{ limit: 1 }] }, async (context) => {
    await context.step.sleep("nap", "1m");
    woken.push(context.event.data.n);
  });
  const { drain, clock } = await startTestJobs({ functions: [job] });
  await ask("a", "b", "c");
  await drain();
  clock.advance(MINUTE);
  await drain();
  expect(woken.sort()).toEqual([0, 1, 2]);
});

test("a singleton is not started while one with the same key runs, and is afterwards", async () => {
  const { door, inside, job } = guarded({ singleton: { key: "event.data.shop", mode: "skip" } });
  const jobs = await startTestJobs({ functions: [job] });
  await ask("a", "a", "b");
  const drained = jobs.drain();
  await door.arrived(2);
  door.open();
  await drained;
  expect(inside.sort()).toEqual(["a", "b"]);
  await ask("a");
  await jobs.drain();
  expect(inside).toHaveLength(3);
});

test("an idempotency key starts one run in 24 hours", async () => {
  const { door, inside, job } = guarded({ idempotency: "event.data.shop" });
  door.open();
  const { drain, clock } = await startTestJobs({ functions: [job] });
  await ask("a");
  await drain();
  clock.advance(DAY - SECOND);
  await ask("a");
  await drain();
  expect(inside).toHaveLength(1);
  clock.advance(11 * MINUTE);
  await ask("a");
  await drain();
  expect(inside).toHaveLength(2);
});

test("a throttle spaces the starts of runs, after its burst", async () => {
  const { door, inside, job } = guarded({ throttle: { limit: 6, period: "1m", burst: 2 } });
  door.open();
  const { drain, clock } = await startTestJobs({ functions: [job] });
  await ask("a", "b", "c", "d");
  await drain();
  const started = [inside.length];
  for (let i = 0; i < 2; i += 1) {
    clock.advance(10 * SECOND - 1);
    await drain();
    started.push(inside.length);
    clock.advance(1);
    await drain();
    started.push(inside.length);
  }
  expect(started).toEqual([2, 2, 3, 3, 4]);
});

test("an event cancels the runs it matches, and a step in flight sees its signal", async () => {
  const reasons: string[] = [];
  const started = gate();
  const stopped = gate();
  const job = defineJob(
    asked,
    { id: "cancellable", cancelOn: [{ event: withdrawn, match: "data.shop" }] },
    async ({ step, signal }) => {
      await step.run("long", async () => {
        void started.pass();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        reasons.push(String(signal.reason));
        void stopped.pass();
      });
    },
  );
  const jobs = await startTestJobs({ functions: [job], places: 2 });
  await jobs.start();
  try {
    await ask("a", "b");
    await started.arrived(2);
    await emit(db, [withdrawn.create({ shop: "b" })]);
    await stopped.arrived(1);
    expect(reasons).toEqual(["JobStopped: cancelled, or taken over"]);
    expect(await states()).toEqual(["cancelled", "running"]);
  } finally {
    await jobs.stop({ graceMs: 1_000 });
  }
});

test("a run that takes longer than timeouts.finish is cancelled, and says so", async () => {
  const job = defineJob(asked, { id: "slow", timeouts: { finish: "1h" } }, async ({ step }) => {
    await step.sleep("too long", "2h");
  });
  const { drain, clock, lines } = await startTestJobs({ functions: [job] });
  await ask("a");
  await drain();
  clock.advance(HOUR);
  await drain();
  expect(await db.select().from(jobRuns)).toMatchObject([
    { state: "cancelled", error: { name: "TimeoutError" } },
  ]);
  expect(lines).toContainEqual(expect.objectContaining({ message: "Job cancelled" }));
});
