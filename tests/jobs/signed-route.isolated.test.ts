import { createHmac } from "node:crypto";
import { eventType } from "inngest";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { defineJob } from "@/lib/jobs/define-job";
import { inngestRoute } from "@/lib/jobs/route";

const key = vi.hoisted(() => {
  const signingKey = "cd".repeat(32);
  Object.assign(process.env, { INNGEST_EVENT_KEY: "event-key", INNGEST_SIGNING_KEY: signingKey });
  return signingKey;
});

const pinged = eventType("test/pinged", { schema: z.object({ n: z.number() }) });
const job = defineJob(pinged, { id: "ping" }, async ({ event }) => event.data.n + 1);
const route = inngestRoute([job]);

/** Keys are in alphabetical order, as the signature wants them. */
const body = JSON.stringify({
  ctx: { attempt: 0, run_id: "run-1" },
  event: { data: { n: 1 }, id: "event-1", name: "test/pinged", ts: 1 },
  events: [{ data: { n: 1 }, id: "event-1", name: "test/pinged", ts: 1 }],
  steps: {},
  version: 2,
});

function signed(signingKey: string, ageSeconds = 0): Request {
  const time = Math.round(Date.now() / 1000) - ageSeconds;
  const hmac = createHmac("sha256", signingKey).update(`${body}${time}`).digest("hex");
  const url = "https://duken.example/api/inngest?fnId=duken-ping&stepId=step";
  const headers = { host: "duken.example", "x-inngest-signature": `t=${time}&s=${hmac}` };
  return new Request(url, { method: "POST", body, headers });
}

test("with an Inngest server, its signed calls run the same functions", async () => {
  const response = await route(signed(key));
  expect(response.status).toBe(200);
  expect(await response.json()).toBe(2);
});

test("calls signed with another key, signed long ago, or not signed are turned away", async () => {
  const unsigned = signed(key);
  unsigned.headers.delete("x-inngest-signature");
  for (const request of [signed("ef".repeat(32)), signed(key, 3_600), unsigned]) {
    expect((await route(request)).status).toBe(401);
  }
});
