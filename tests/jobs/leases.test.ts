import { isNotNull } from "drizzle-orm";
import { eventType } from "inngest";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { SECOND } from "@/lib/core/time";
import { jobQueue, jobRuns, jobSteps } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { emit } from "@/lib/jobs/outbox";
import { testDatabase } from "../support/database";
import { gate, startTestJobs, testClock } from "../support/jobs";

const { db, sql, empty } = await testDatabase();
beforeEach(empty);

const LEASE = 30 * SECOND;
const worked = eventType("test/worked", { schema: z.object({ n: z.number() }) });
const send = () => emit(db, [worked.create({ n: 1 })]);
const run = async () => (await db.select().from(jobRuns))[0];

test("work of a process that died is done by another, and nothing is lost", async () => {
  const done = new Map<number, number>();
  const neverEnds = gate();
  const work = (dies: boolean) =>
    defineJob(worked, { id: "work", retries: 2 }, async ({ event, step, attempt }) => {
      await step.run("first", async () => {
        if (dies) await neverEnds.pass();
        done.set(event.data.n, (done.get(event.data.n) ?? 0) + 1);
        return attempt;
      });
    });
  const clock = testClock();
  const dying = await startTestJobs({ functions: [work(true)], clock, places: 3 });
  const living = await startTestJobs({ functions: [work(false)], clock });
  await emit(
    db,
    Array.from({ length: 10 }, (_, n) => worked.create({ n })),
  );
  await dying.tick();
  await neverEnds.arrived(3);
  await living.drain();
  expect(done.size).toBe(7);
  clock.advance(LEASE);
  await living.drain();
  expect([...done.values()]).toEqual(Array.from({ length: 10 }, () => 1));
  const runs = await db.select().from(jobRuns);
  expect(runs.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => "completed"));
});

test("a job that kills its process every time fails at the last attempt, and says why", async () => {
  const attempts: number[] = [];
  const killer = gate();
  const job = defineJob(worked, { id: "killer", retries: 2 }, async ({ attempt }) => {
    attempts.push(attempt);
    await killer.pass();
  });
  const clock = testClock();
  await send();
  for (let life = 1; life <= 4; life += 1) {
    const process = await startTestJobs({ functions: [job], clock });
    await process.tick();
    await killer.arrived(Math.min(life, 3));
    clock.advance(LEASE);
  }
  expect(attempts).toEqual([0, 1, 2]);
  expect(await run()).toMatchObject({ state: "failed", error: { name: "LostError" } });
});

test("an answer that comes after the lease was lost is dropped", async () => {
  const slow = gate();
  const answers = ["too late", "in time"];
  const job = defineJob(worked, { id: "slow" }, async ({ step }) => {
    const answer = answers.shift();
    if (answer === "too late") await slow.pass();
    return step.run("answer", async () => answer);
  });
  const clock = testClock();
  const jobs = await startTestJobs({ functions: [job], clock });
  await send();
  await jobs.tick();
  await slow.arrived(1);
  clock.advance(LEASE);
  const other = await startTestJobs({ functions: [job], clock });
  await other.drain();
  slow.open();
  await jobs.drain();
  expect(await db.select().from(jobSteps)).toMatchObject([{ memo: { data: "in time" } }]);
});

test("stopping aborts the signal, lets the step finish, and keeps its result", async () => {
  const started = gate();
  const job = defineJob(worked, { id: "polite" }, async ({ step, signal }) =>
    step.run("items", async () => {
      void started.pass();
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return "what was done so far";
    }),
  );
  const jobs = await startTestJobs({ functions: [job] });
  await jobs.start();
  await send();
  await started.arrived(1);
  await jobs.stop();
  expect(await db.select().from(jobSteps)).toMatchObject([
    { memo: { data: "what was done so far" } },
  ]);
});

test("a step that ends by its aborted signal is given back, with no attempt used up", async () => {
  const started = gate();
  let stopping = true;
  const job = defineJob(worked, { id: "given-back", retries: 0 }, async ({ step, signal }) =>
    step.run("items", async () => {
      void started.pass();
      if (stopping) await new Promise((resolve) => signal.addEventListener("abort", resolve));
      signal.throwIfAborted();
      return "done";
    }),
  );
  const jobs = await startTestJobs({ functions: [job] });
  await jobs.start();
  await send();
  await started.arrived(1);
  await jobs.stop();
  expect(await db.select().from(jobQueue)).toMatchObject([{ attempt: 0, owner: null }]);
  stopping = false;
  const next = await startTestJobs({ functions: [job] });
  await next.drain();
  expect(await run()).toMatchObject({ state: "completed", result: "done" });
});

test("a step that does not stop in time is given back at once instead of after its lease", async () => {
  const deaf = gate();
  const job = defineJob(worked, { id: "deaf" }, async () => deaf.pass());
  const jobs = await startTestJobs({ functions: [job] });
  await jobs.start();
  await send();
  await deaf.arrived(1);
  await jobs.stop({ graceMs: 10 });
  expect(await db.select().from(jobQueue)).toMatchObject([{ attempt: 0, owner: null }]);
});

test("a live process keeps its lease for as long as it works", async () => {
  const long = gate();
  const job = defineJob(worked, { id: "long" }, async () => long.pass());
  const clock = testClock();
  const jobs = await startTestJobs({ functions: [job], clock });
  await send();
  await jobs.tick();
  await long.arrived(1);
  for (let beat = 0; beat < 3; beat += 1) {
    clock.advance(LEASE - 1);
    await jobs.renew();
    await jobs.tick();
  }
  expect(await db.select().from(jobQueue)).toMatchObject([{ attempt: 0 }]);
  long.open();
  await jobs.drain();
  expect(await run()).toMatchObject({ state: "completed" });
});

test("when Postgres was away for longer than a lease, work still in hand goes on", async () => {
  const long = gate();
  const job = defineJob(worked, { id: "in-hand" }, async () => long.pass());
  const clock = testClock();
  const jobs = await startTestJobs({ functions: [job], clock });
  await send();
  await jobs.tick();
  await long.arrived(1);
  clock.advance(10 * LEASE);
  await jobs.tick();
  expect(await db.select().from(jobQueue)).toMatchObject([{ attempt: 0 }]);
  long.open();
  await jobs.drain();
  expect(long.arrivals).toBe(1);
  expect(await run()).toMatchObject({ state: "completed" });
});

/** Postgres that lets leases run out and fails whoever would keep one. */
async function refuseRenewals(): Promise<() => Promise<unknown>> {
  await sql.unsafe(`
    create function refuse_renewal() returns trigger language plpgsql as
      $$ begin raise exception 'on its way out' using errcode = '57P01'; end $$;
    create trigger refuse_renewal before update on jobs.queue for each row
      when (new.owner is not null) execute function refuse_renewal()`);
  return () =>
    sql.unsafe("drop trigger refuse_renewal on jobs.queue; drop function refuse_renewal()");
}

test("when leases cannot be renewed after an outage, our own calls do not run out for it", async () => {
  const long = gate();
  const job = defineJob(worked, { id: "unrenewed", retries: 0 }, async () => long.pass());
  const clock = testClock();
  const jobs = await startTestJobs({ functions: [job], clock });
  await send();
  await jobs.tick();
  await long.arrived(1);
  clock.advance(10 * LEASE);
  const allow = await refuseRenewals();
  const refused = expect(jobs.tick()).rejects.toThrow("update");
  await refused.finally(allow);
  expect(await db.select().from(jobQueue)).toMatchObject([{ attempt: 0 }]);
  await jobs.tick();
  long.open();
  await jobs.drain();
  expect(long.arrivals).toBe(1);
  expect(await run()).toMatchObject({ state: "completed" });
});

test("a call its process lost track of runs out and is made again, however alive the process is", async () => {
  const long = gate();
  const done: number[] = [];
  const job = defineJob(worked, { id: "half-lost" }, async ({ event }) => {
    if (event.data.n === 1) await long.pass();
    done.push(event.data.n);
  });
  const clock = testClock();
  const jobs = await startTestJobs({ functions: [job], clock, places: 1 });
  await emit(db, [worked.create({ n: 1 }), worked.create({ n: 2 })]);
  await jobs.tick();
  await long.arrived(1);
  const [held] = await db.select().from(jobQueue).where(isNotNull(jobQueue.owner));
  await db.update(jobQueue).set({ owner: held?.owner ?? null, leaseUntil: clock() });
  await jobs.renew();
  clock.advance(LEASE - 1);
  await jobs.renew();
  await jobs.tick();
  expect(await db.select().from(jobQueue).orderBy(jobQueue.id)).toMatchObject([
    { attempt: 0, owner: held?.owner },
    { attempt: 1, owner: null },
  ]);
  long.open();
  await jobs.drain();
  expect(done).toEqual([1, 2]);
});
