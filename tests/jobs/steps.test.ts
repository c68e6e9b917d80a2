import { eventType } from "inngest";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { HOUR, MINUTE, SECOND } from "@/lib/core/time";
import { jobEvents, jobRuns } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { emit } from "@/lib/jobs/outbox";
import { testDatabase } from "../support/database";
import { gate, startTestJobs } from "../support/jobs";

const { db, empty } = await testDatabase();
beforeEach(empty);

const counted = eventType("test/counted", { schema: z.object({ n: z.number() }) });
const answered = eventType("test/answered", {
  schema: z.object({ n: z.number(), text: z.string() }),
});

const send = (n: number) => emit(db, [counted.create({ n })]);
const results = async () => {
  const rows = await db.select().from(jobRuns);
  const ordered = rows.sort((a, b) => Number(a.event.data.n) - Number(b.event.data.n));
  return ordered.map(({ job, state, result }) => ({ job, state, result }));
};

test("a finished step is never run again, while the code around it is", async () => {
  const trace: string[] = [];
  const job = defineJob(counted, { id: "trace" }, async ({ event, step }) => {
    trace.push("around");
    const one = await step.run("one", async () => {
      trace.push("one");
      return event.data.n + 1;
    });
    return step.run("two", async () => {
      trace.push("two");
      return one + 1;
    });
  });
  const { drain } = await startTestJobs({ functions: [job] });
  await send(1);
  await drain();
  expect(trace).toEqual(["around", "one", "around", "two", "around"]);
  expect(await results()).toEqual([{ job: "trace", state: "completed", result: 3 }]);
});

test("steps started together run at the same time, and each branch goes on", async () => {
  const door = gate();
  const branch = (name: string, step: Parameters<Parameters<typeof defineJob>[2]>[0]["step"]) =>
    step
      .run(name, async () => {
        await door.pass();
        return name;
      })
      .then((done) => step.run(`${done}, then`, async () => `${done}!`));
  const job = defineJob(counted, { id: "parallel" }, async ({ step }) =>
    Promise.all([branch("left", step), branch("right", step)]),
  );
  const jobs = await startTestJobs({ functions: [job] });
  await send(1);
  const drained = jobs.drain();
  await door.arrived(2);
  door.open();
  await drained;
  expect(await results()).toMatchObject([{ state: "completed", result: ["left!", "right!"] }]);
});

test("a sleeping run goes on when its time has come, not before", async () => {
  const job = defineJob(counted, { id: "sleepy" }, async ({ step }) => {
    await step.sleep("nap", "90s");
    await step.sleepUntil("night", new Date("2026-03-02T12:00:00Z"));
    return "awake";
  });
  const { drain, clock } = await startTestJobs({ functions: [job] });
  await send(1);
  await drain();
  clock.advance(89 * SECOND);
  await drain();
  expect(await results()).toMatchObject([{ state: "running" }]);
  clock.advance(SECOND);
  await drain();
  expect(await results()).toMatchObject([{ state: "running" }]);
  clock.advance(3 * HOUR);
  await drain();
  expect(await results()).toMatchObject([{ state: "completed", result: "awake" }]);
});

test("step.sendEvent starts other jobs, once per id", async () => {
  const received: number[] = [];
  const sender = defineJob(counted, { id: "sender" }, async ({ step }) => {
    const events = [1, 1, 2].map((n) => answered.create({ n, text: "" }, { id: `answer:${n}` }));
    await step.sendEvent("fan out", events);
  });
  const receiver = defineJob(answered, { id: "receiver" }, async ({ event }) => {
    received.push(event.data.n);
  });
  const { drain } = await startTestJobs({ functions: [sender, receiver] });
  await send(1);
  await drain();
  expect(received.sort()).toEqual([1, 2]);
});

test("an invoked job's result, or its failure, comes back to the job that invoked it", async () => {
  const half = defineJob(answered, { id: "half", retries: 0 }, async ({ event }) => {
    if (event.data.n % 2) throw new Error("odd");
    return event.data.n / 2;
  });
  const asker = defineJob(counted, { id: "asker" }, async ({ event, step }) => {
    const data = { n: event.data.n, text: "" };
    return step
      .invoke("ask", { function: half, data })
      .catch((error: Error) => `could not: ${error.message}`);
  });
  const { drain } = await startTestJobs({ functions: [half, asker] });
  await send(7);
  await send(8);
  await drain();
  const answers = (await results()).filter(({ job }) => job === "asker");
  expect(answers.map(({ result }) => result)).toEqual(["could not: odd", 4]);
});

test("waitForEvent takes the event that matches, and null when none comes in time", async () => {
  const job = defineJob(counted, { id: "waiter" }, async ({ step }) => {
    const options = { event: answered, match: "data.n", timeout: "1h" } as const;
    const answer = await step.waitForEvent("answer", options);
    return answer?.data.text ?? null;
  });
  const { drain, clock } = await startTestJobs({ functions: [job] });
  await send(1);
  await send(2);
  await drain();
  await emit(db, [
    answered.create({ n: 2, text: "two" }),
    answered.create({ n: 3, text: "three" }),
  ]);
  await drain();
  clock.advance(HOUR);
  await drain();
  expect((await results()).map(({ result }) => result)).toEqual([null, "two"]);
});

test("a step that failed for good is an error the job can catch", async () => {
  const job = defineJob(counted, { id: "brave", retries: 1 }, async ({ step }) => {
    const caught = await step
      .run("hopeless", async () => {
        throw new Error("no way");
      })
      .catch((error: Error) => error.message);
    return step.run("after", async () => `went on after: ${caught}`);
  });
  const { drain, clock } = await startTestJobs({ functions: [job] });
  await send(1);
  await drain();
  clock.advance(MINUTE);
  await drain();
  expect(await results()).toMatchObject([{ state: "completed", result: "went on after: no way" }]);
});

test("every event is marked as handled, also one that nobody listens to", async () => {
  const { drain, clock } = await startTestJobs({ functions: [] });
  await send(1);
  await drain();
  expect(await db.select().from(jobEvents)).toMatchObject([{ handledAt: clock() }]);
});
