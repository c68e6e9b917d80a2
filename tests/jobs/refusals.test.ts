import { eventType, group, type InngestFunction } from "inngest";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { jobRuns } from "@/lib/db/schema/jobs";
import { definitions } from "@/lib/jobs/client";
import { defineJob } from "@/lib/jobs/define-job";
import { emit } from "@/lib/jobs/outbox";
import { testDatabase } from "../support/database";
import { startTestJobs } from "../support/jobs";

const { db, empty } = await testDatabase();
beforeEach(empty);

const happened = eventType("test/happened", { schema: z.object({ n: z.number() }) });

/** A function with an option that `defineJob` would not let through. */
function odd(options: object): InngestFunction.Any {
  const all = { id: "odd", retries: 1, triggers: [happened], ...options };
  return definitions.createFunction(all as never, async () => {}) as InngestFunction.Any;
}

test.each([
  ["batchEvents", { batchEvents: { maxSize: 10, timeout: "5s" } }],
  ["debounce", { debounce: { period: "10s" } }],
  ["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
  ["priority", { priority: { run: "event.data.n" } }],
  ["singleton", { singleton: { mode: "cancel" } }],
  ["concurrency", { concurrency: [{ limit: 1, scope: "env", key: '"all"' }] }],
  ["concurrency", { concurrency: { limit: 1, key: "event.data.n > 1 ? 'a' : 'b'" } }],
  ["idempotency", { idempotency: "event.data.a + event.data.b" }],
  ["timeouts", { timeouts: { start: "10s" } }],
  ["cancel", { cancelOn: [{ event: "test/happened", match: "data.n", timeout: "1h" }] }],
  ["cancelOn", { cancelOn: [{ event: "test/happened", if: "async.data.n > 1" }] }],
  ["triggers", { triggers: [{ event: "test/happened", if: "event.data.n > 1" }] }],
  ["retries", { retries: undefined }],
  ["schedule", { triggers: [{ cron: "0 3 * * *" }] }],
])(
  "a job that asks for %s the engine does not do is refused at boot, by name",
  async (what, options) => {
    const boot = startTestJobs({ functions: [odd(options)] });
    await expect(boot).rejects.toThrow(/"odd"/);
    await expect(boot).rejects.toThrow(what);
  },
);

/** The error of the only run of a job that does this. */
async function errorOf(run: Parameters<typeof defineJob<string, { n: number }>>[2]) {
  const job = defineJob(happened, { id: "one" }, run as never);
  const { drain } = await startTestJobs({ functions: [job] });
  await emit(db, [happened.create({ n: 1 })]);
  await drain();
  const [row] = await db.select().from(jobRuns);
  return row?.state === "failed" ? row.error?.message : row?.state;
}

test("a step the engine does not know fails the run at once", async () => {
  const waitForSignal = async ({ step }: { step: object }) => {
    const all = step as { waitForSignal(id: string, options: object): Promise<unknown> };
    await all.waitForSignal("signal", { signal: "s", timeout: "1h" });
  };
  expect(await errorOf(waitForSignal)).toMatch('step "signal" asks for WaitForSignal');
});

test("races between steps fail the run instead of being run as something else", async () => {
  const race = async ({
    step,
  }: {
    step: { run(id: string, f: () => unknown): Promise<unknown> };
  }) =>
    group.parallel({ mode: "race" }, () =>
      Promise.race([step.run("a", () => 1), step.run("b", () => 2)]),
    );
  expect(await errorOf(race as never)).toMatch("races are not supported");
});

test("a wait with an expression that is not a match fails the run", async () => {
  expect(
    await errorOf(async ({ step }) => {
      const options = { event: happened, timeout: "1h", if: "async.data.n > event.data.n" };
      await step.waitForEvent("any", options);
    }),
  ).toMatch("is not a match on a path");
});

test("what is over Inngest's limits fails here too: a wait of years, what is handed to another job", async () => {
  expect(await errorOf(({ step }) => step.sleep("long", "400d"))).toMatch("more than a year");
  await empty();
  const answer = { event: happened, match: "data.n", timeout: "400d" } as const;
  expect(await errorOf(({ step }) => step.waitForEvent("any", answer))).toMatch("more than a year");
  await empty();
  const other = defineJob(happened, { id: "other" }, async () => {});
  const data = { n: 1, text: "x".repeat(600_000) };
  expect(await errorOf(({ step }) => step.invoke("big", { function: other, data }))).toMatch(
    "hands over more than 524288 bytes",
  );
});

test("an event for later is refused: it would be acted upon at once", async () => {
  const event = { ...happened.create({ n: 2 }), ts: Date.now() + 3_600_000 };
  const job = defineJob(happened, { id: "sender", retries: 0 }, ({ step }) =>
    step.sendEvent("later", event),
  );
  const { drain } = await startTestJobs({ functions: [job] });
  await emit(db, [happened.create({ n: 1 })]);
  await drain();
  const [run] = await db.select().from(jobRuns);
  expect(run).toMatchObject({ state: "failed" });
  expect(run?.error?.message).toMatch("events cannot be dated");
});

test("what is over Inngest's limits fails here too: step output, result, number of steps", async () => {
  const big = "x".repeat(4 * 1024 * 1024 + 1);
  expect(await errorOf(async ({ step }) => step.run("big", async () => big))).toMatch(
    'step "big" returned more than 4194304 bytes',
  );
  await empty();
  expect(await errorOf(async () => big)).toMatch("one returned more than 4194304 bytes");
  await empty();
  const many = Array.from({ length: 1_001 }, (_, n) => n);
  expect(
    await errorOf(async ({ step }) => {
      await Promise.all(many.map((n) => step.run(`step ${n}`, async () => n)));
    }),
  ).toMatch("more than 1000 steps");
});
