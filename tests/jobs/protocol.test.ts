import { eventType, NonRetriableError, RetryAfterError } from "inngest";
import { serve } from "inngest/edge";
import { types } from "inngest/internals";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Memo } from "@/lib/db/schema/jobs";
import { jobClient } from "@/lib/jobs/client";
import { defineJob } from "@/lib/jobs/define-job";
import {
  type Call,
  callRequest,
  handledOps,
  readOutcome,
  refusedOps,
  registerRequest,
} from "@/lib/jobs/embedded/protocol";
import { events } from "@/lib/jobs/events";
import { recordingLog } from "../support/jobs";

const numbered = eventType("test/numbered", { schema: z.object({ n: z.number() }) });
const half = defineJob(numbered, { id: "half" }, async ({ event }) => event.data.n / 2);

const everything = defineJob(
  numbered,
  {
    id: "everything",
    retries: 3,
    concurrency: [{ limit: 1, key: "event.data.n" }, { limit: 8 }],
    throttle: { limit: 6, period: "1m", key: "event.data.n", burst: 2 },
    idempotency: "event.data.n",
    singleton: { key: "event.data.n", mode: "skip" },
    cancelOn: [{ event: events.syncRequested, match: "data.n" }],
    timeouts: { finish: "1h" },
  },
  async ({ event, step }) => {
    const { n } = event.data;
    if (n === 1) return step.run("one", async () => ({ at: new Date(0), nothing: undefined }));
    if (n === 2) return Promise.all([step.run("left", () => 1), step.run("right", () => 2)]);
    if (n === 3) return step.sleep("nap", "90s");
    if (n === 4) return step.sleepUntil("night", new Date("2026-03-02T18:00:00Z"));
    if (n === 5) {
      return step.waitForEvent("answer", { event: numbered, match: "data.n", timeout: "1h" });
    }
    if (n === 6) {
      return step.invoke("half of it", { function: half, data: { n: 8 }, timeout: "10m" });
    }
    if (n === 7) return step.run("busy", () => Promise.reject(new RetryAfterError("busy", "30s")));
    if (n === 8) return step.run("no", () => Promise.reject(new NonRetriableError("never")));
    if (n === 9) throw new Error("outside the steps");
    if (n === 10) throw new NonRetriableError("outside, for good");
    return `the step said ${await step.run("one", () => "nothing")}`;
  },
  async () => {},
);
const nightly = defineJob(
  null,
  { id: "nightly", cron: { expr: "0 3 * * *", tz: "Asia/Almaty" } },
  async () => {},
);

let registered: unknown;
const { log } = recordingLog();
const client = jobClient(
  {
    baseUrl: "http://embedded.invalid",
    isDev: true,
    fetch: async (input, init) => {
      registered = await new Request(input, init).json();
      return Response.json({ status: 200, modified: true });
    },
  },
  log,
);
const sdk = serve({ client, functions: [half, everything, nightly] });

const HASH_OF_ONE = "fe05bcdcdc4928012781a5f1a2a77cbb5398e106";
const memo: Memo = { type: "data", data: "hello" };
const call = (n: number, steps: Call["steps"] = []): Call => ({
  functionId: "duken-everything",
  stepId: "step",
  runId: "2f1a0000-0000-4000-8000-000000000001",
  attempt: 0,
  maxAttempts: 4,
  event: { id: "event-1", name: "test/numbered", data: { n }, ts: 1_772_442_000_000 },
  steps,
});

const pretty = (value: unknown) => `${JSON.stringify(value, undescribed, 2)}\n`;
/** Leaves out what differs from run to run: stacks, timings. */
function undescribed(key: string, value: unknown): unknown {
  return key === "stack" && typeof value === "string" ? "…" : key === "timing" ? undefined : value;
}

test.each([
  ["step ran", call(1)],
  ["steps planned", call(2)],
  ["sleep", call(3)],
  ["sleep until", call(4)],
  ["wait for event", call(5)],
  ["invoke", call(6)],
  ["step failed, retry after", call(7)],
  ["step failed for good", call(8)],
  ["step failed at the last attempt", { ...call(7), attempt: 3 }],
  ["function failed", call(9)],
  ["function failed for good", call(10)],
  ["function finished", call(11, [{ id: HASH_OF_ONE, memo }])],
  [
    "function met a failed step",
    call(11, [
      { id: HASH_OF_ONE, memo: { type: "error", error: { name: "Error", message: "broken" } } },
    ]),
  ],
])("the SDK still answers as recorded: %s", async (name, given) => {
  const request = callRequest(given, new AbortController().signal);
  const body = await request.clone().json();
  const response = await sdk(request);
  const { status, headers } = response;
  const exchange = {
    request: { url: request.url, body },
    response: {
      status,
      noRetry: headers.get("x-inngest-no-retry"),
      retryAfter: headers.get("retry-after"),
      version: headers.get("x-inngest-req-version"),
      body: await response.clone().json(),
    },
    readAs: await readOutcome(response),
  };
  const file = `../fixtures/jobs/${name.replaceAll(/[ ,]+/g, "-")}.json`;
  await expect(pretty(exchange)).toMatchFileSnapshot(file);
});

test("the SDK still registers jobs as recorded", async () => {
  const response = await sdk(registerRequest());
  expect(response.status).toBe(200);
  const { functions } = z.object({ functions: z.array(z.unknown()) }).parse(registered);
  await expect(pretty(functions)).toMatchFileSnapshot("../fixtures/jobs/registration.json");
});

test("every operation the SDK can ask for is either done or refused by name", () => {
  const known = [...handledOps, ...refusedOps].sort();
  expect(known).toEqual(Object.values(types.StepOpCode).sort());
});
