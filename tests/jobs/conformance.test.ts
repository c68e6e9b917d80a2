import { randomUUID } from "node:crypto";
import { eventType, type InngestFunction, NonRetriableError, RetryAfterError } from "inngest";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { SECOND, sleep } from "@/lib/core/time";
import { defineJob, type JobEvent } from "@/lib/jobs/define-job";
import { emit } from "@/lib/jobs/outbox";
import { enginesUnderTest, type OpenEngine, PATIENCE } from "../support/conformance-engine";
import { testDatabase } from "../support/database";

/**
 * What our jobs rely on, said once and run on every engine there is. With a real server:
 * CONFORMANCE_INNGEST_URL, CONFORMANCE_SIGNING_KEY, CONFORMANCE_EVENT_KEY, CONFORMANCE_SERVE_HOST,
 * CONFORMANCE_CHECKPOINTING; then `npx vitest run tests/jobs/conformance`.
 */
const { db, empty } = await testDatabase();

type Data = { key: string; n: number };
const event = (name: string): JobEvent<string, Data> =>
  eventType(`conformance/${name}`, { schema: z.object({ key: z.string(), n: z.number() }) });

/** What the jobs of one test have done, in order; nothing of an earlier test or run of it is heard. */
let key = "";
let seen: string[] = [];
let arrived = () => {};
const note = (given: Data, what: string) => {
  if (given.key !== key) return;
  seen.push(what);
  arrived();
};
async function until(count: number): Promise<string[]> {
  const late = AbortSignal.timeout(PATIENCE);
  while (seen.length < count) {
    await new Promise<void>((resolve, reject) => {
      arrived = resolve;
      late.addEventListener("abort", () => reject(new Error(`only ${JSON.stringify(seen)}`)));
    });
  }
  return seen;
}

describe.each(enginesUnderTest())("on $name", ({ open, isWhole }) => {
  let engine: OpenEngine | undefined;
  beforeEach(async () => {
    await empty();
    key = randomUUID();
    seen = [];
  });
  afterEach(() => engine?.stop());
  const run = async (...functions: InngestFunction.Any[]) => {
    engine = await open(functions);
  };
  const send = (of: JobEvent<string, Data>, n = 1, id?: string) =>
    emit(db, [of.create({ key, n }, id === undefined ? {} : { id })]);

  test("steps run once each, in order, and their results come back as JSON", async () => {
    const asked = event("steps");
    const job = defineJob(asked, { id: "c-steps" }, async ({ event: { data }, step }) => {
      const first = await step.run("first", () => {
        note(data, "first");
        return { at: new Date(0), n: data.n };
      });
      await step.sleep("nap", "1s");
      const sum = await step.run("second", () => first.n + 1);
      await step.run("last", () => note(data, `${first.at} ${sum}`));
    });
    await run(job);
    await send(asked, 41);
    expect(await until(2)).toEqual(["first", "1970-01-01T00:00:00.000Z 42"]);
  });

  test("parallel steps all come back, and the function goes on once", async () => {
    const asked = event("parallel");
    const job = defineJob(asked, { id: "c-parallel" }, async ({ event: { data }, step }) => {
      const numbers = await Promise.all([1, 2, 3].map((n) => step.run(`n${n}`, () => n * data.n)));
      await step.run("sum", () => note(data, String(numbers)));
    });
    await run(job);
    await send(asked, 10);
    expect(await until(1)).toEqual(["10,20,30"]);
  });

  test("a step asks for another job by an event; one event is one event, however often it is sent", async () => {
    const [asked, passed] = [event("hand-on"), event("handed")];
    const first = defineJob(asked, { id: "c-hand-on" }, async ({ event: { data }, step }) => {
      await step.sendEvent("pass", [{ ...passed.create(data), id: `${data.key}:passed` }]);
      await step.sendEvent("again", [{ ...passed.create(data), id: `${data.key}:passed` }]);
      await step.run("end", () => note(data, "handed on"));
    });
    const second = defineJob(passed, { id: "c-handed" }, async ({ event: { data }, step }) => {
      await step.run("note", () => note(data, "handed"));
    });
    await run(first, second);
    await send(asked, 1, `${key}:asked`);
    await send(asked, 1, `${key}:asked`);
    expect((await until(2)).toSorted()).toEqual(["handed", "handed on"]);
    await sleep(SECOND);
    expect(seen).toHaveLength(2);
  });

  test("a wait ends with the event that matches, or with nothing", async () => {
    const [asked, answered] = [event("wait"), event("answer")];
    const job = defineJob(asked, { id: "c-wait" }, async ({ event: { data }, step }) => {
      await step.run("ready", () => note(data, "waiting"));
      const answer = await step.waitForEvent("answer", {
        event: answered,
        match: "data.key",
        timeout: "1m",
      });
      await step.run("heard", () => note(data, `heard ${answer?.data.n}`));
      const silence = await step.waitForEvent("silence", {
        event: answered,
        match: "data.key",
        timeout: "1s",
      });
      await step.run("end", () => note(data, String(silence)));
    });
    await run(job);
    await send(asked);
    await until(1);
    await sleep(SECOND);
    await emit(db, [answered.create({ key: "another", n: 6 }), answered.create({ key, n: 7 })]);
    expect(await until(3)).toEqual(["waiting", "heard 7", "null"]);
  });

  test("an invoked job answers its result, or its failure as an error", async () => {
    const asked = event("invoke");
    const half = defineJob(
      event("half"),
      { id: "c-half", retries: 0 },
      async ({ event: given }) => {
        if (given.data.n < 0) throw new NonRetriableError("too small");
        return given.data.n / 2;
      },
    );
    const job = defineJob(asked, { id: "c-invoke" }, async ({ event: { data }, step }) => {
      const result = await step.invoke("half", { function: half, data: { key: data.key, n: 8 } });
      const failed = await step
        .invoke("none", { function: half, data: { key: data.key, n: -1 } })
        .catch((error: Error) => error.message);
      await step.run("end", () => note(data, `${result} ${failed}`));
    });
    await run(half, job);
    await send(asked);
    expect(await until(1)).toEqual(["4 too small"]);
  });

  test("a step is tried again when it asks to be, and what came before is not repeated", async () => {
    const asked = event("retry");
    const job = defineJob(asked, { id: "c-retry", retries: 3 }, async (context) => {
      const { event: given, step, attempt } = context;
      await step.run("before", () => note(given.data, "before"));
      await step.run("flaky", () => {
        note(given.data, `try ${attempt}`);
        if (attempt < 2) throw new RetryAfterError("not yet", 1_000);
      });
      await step.run("after", () => note(given.data, "after"));
    });
    await run(job);
    await send(asked);
    expect(await until(5)).toEqual(["before", "try 0", "try 1", "try 2", "after"]);
  });

  test("a job that fails for good is told so once, with its own event and the error", async () => {
    const asked = event("doomed");
    const job = defineJob(
      asked,
      { id: "c-doomed", retries: 3 },
      async ({ event: { data }, step }) => {
        await step.run("doomed", () => {
          note(data, "tried");
          throw new NonRetriableError("for good");
        });
      },
      async ({ event: { data, name }, error }) => note(data, `${name} ${error.message}`),
    );
    await run(job);
    await send(asked);
    expect(await until(2)).toEqual(["tried", "conformance/doomed for good"]);
  });

  test("an event of a transaction that is rolled back never happened", async () => {
    const asked = event("outbox");
    const job = defineJob(asked, { id: "c-outbox" }, async ({ event: { data } }) =>
      note(data, `event ${data.n}`),
    );
    await run(job);
    const broken = db.transaction(async (tx) => {
      await emit(tx, [asked.create({ key, n: 1 })]);
      throw new Error("changed my mind");
    });
    await expect(broken).rejects.toThrow("changed my mind");
    await send(asked, 2);
    expect(await until(1)).toEqual(["event 2"]);
  });

  test.runIf(isWhole)("a limit holds for its key and lets others through", async () => {
    const asked = event("limited");
    let inside = 0;
    const job = defineJob(
      asked,
      { id: "c-limited", concurrency: [{ limit: 1, key: "event.data.key" }, { limit: 5 }] },
      async ({ event: { data }, step }) => {
        await step.run("work", async () => {
          inside += 1;
          await sleep(SECOND / 5);
          note(data, `${inside} inside`);
          inside -= 1;
        });
      },
    );
    await run(job);
    await Promise.all([1, 2, 3].map((n) => send(asked, n)));
    expect(await until(3)).toEqual(["1 inside", "1 inside", "1 inside"]);
  });

  test.runIf(isWhole)(
    "a singleton is skipped while one runs; a key starts one run a day",
    async () => {
      const [single, daily] = [event("single"), event("daily")];
      const one = defineJob(
        single,
        { id: "c-single", singleton: { key: "event.data.key", mode: "skip" } },
        async ({ event: { data }, step }) => {
          await step.run("start", () => note(data, "single"));
          await step.sleep("hold", "3s");
          await step.run("end", () => note(data, "single over"));
        },
      );
      const other = defineJob(
        daily,
        { id: "c-daily", idempotency: "event.data.key" },
        async ({ event: { data }, step }) => {
          await step.run("note", () => note(data, "daily"));
        },
      );
      await run(one, other);
      await send(single);
      await until(1);
      await send(single);
      await send(daily);
      await send(daily);
      expect((await until(3)).toSorted()).toEqual(["daily", "single", "single over"]);
      await sleep(SECOND);
      expect(seen).toHaveLength(3);
    },
  );

  test.runIf(isWhole)("an event cancels the runs it matches and no others", async () => {
    const [asked, withdrawn] = [event("cancellable"), event("withdrawn")];
    const job = defineJob(
      asked,
      { id: "c-cancellable", cancelOn: [{ event: withdrawn, match: "data.n" }] },
      async ({ event: { data }, step }) => {
        await step.run("start", () => note(data, `start ${data.n}`));
        await step.sleep("nap", "3s");
        await step.run("end", () => note(data, `end ${data.n}`));
      },
    );
    await run(job);
    await send(asked, 1);
    await send(asked, 2);
    await until(2);
    await emit(db, [withdrawn.create({ key, n: 1 })]);
    expect((await until(3)).at(-1)).toBe("end 2");
    await sleep(SECOND);
    expect(seen).toHaveLength(3);
  });

  test.runIf(isWhole)("a throttle spaces the starts of runs", async () => {
    const asked = event("throttled");
    const times: number[] = [];
    const job = defineJob(
      asked,
      { id: "c-throttled", throttle: { limit: 1, period: "2s", key: "event.data.key" } },
      async ({ event: { data } }) => {
        if (data.key === key) times.push(Date.now());
        note(data, "started");
      },
    );
    await run(job);
    for (const n of [1, 2, 3]) await send(asked, n);
    await until(3);
    const [first = 0, , third = 0] = times;
    expect(third - first).toBeGreaterThan(3 * SECOND);
  });
});
