import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { eventType } from "inngest";
import { afterAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { jobEvents } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { inngestEngine } from "@/lib/jobs/inngest-engine";
import { emit } from "@/lib/jobs/outbox";
import { testDatabase } from "../support/database";
import { recordingLog, testClock } from "../support/jobs";

const database = await testDatabase();
const { db, empty } = database;
beforeEach(empty);

type Received = { path: string | undefined; key: string | undefined; body: unknown };
let received: Received[] = [];
let eventsAnswer = { status: 200, error: undefined as string | undefined };
beforeEach(() => {
  received = [];
  eventsAnswer = { status: 200, error: undefined };
});

/** As much of an Inngest server as an app ever talks to. */
const server = createServer(async (request, response) => {
  const body: unknown = JSON.parse((await text(request)) || "null");
  received.push({ path: request.url, key: request.headers.authorization, body });
  const events = request.url?.startsWith("/e/") ?? false;
  const answer = events ? { ...eventsAnswer, ids: [] } : { status: 200, modified: true };
  response.writeHead(answer.status, { "content-type": "application/json" });
  response.end(JSON.stringify(answer));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());

const shipped = eventType("test/shipped", { schema: z.object({ n: z.number() }) });
const job = defineJob(shipped, { id: "ship" }, async () => {});
const SIGNING_KEY = "ab".repeat(32);

function startEngine() {
  const { log } = recordingLog();
  return inngestEngine({
    database,
    functions: [job],
    serveOrigin: "https://duken.example",
    transport: {
      isDev: false,
      eventKey: "event-key",
      signingKey: SIGNING_KEY,
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    log,
    clock: testClock(),
  });
}

test("the server is told our functions and where they answer, with the signing key", async () => {
  const engine = startEngine();
  await engine.start();
  await engine.stop();
  const [registration] = received;
  expect(registration?.path).toBe("/fn/register");
  expect(registration?.key).toMatch(/^Bearer [0-9a-f]{64}$/);
  expect(registration?.body).toMatchObject({
    url: "https://duken.example/api/inngest",
    functions: [{ id: "duken-ship" }],
  });
});

test("what is committed to the outbox is sent once, under its own id", async () => {
  const engine = startEngine();
  await emit(db, [shipped.create({ n: 1 }, { id: "parcel-1" }), shipped.create({ n: 2 })]);
  expect(await engine.relay()).toBe(true);
  expect(await engine.relay()).toBe(false);
  expect(received).toMatchObject([
    { path: "/e/event-key", body: [{ id: "parcel-1", data: { n: 1 } }, { data: { n: 2 } }] },
  ]);
});

test("what the server did not take stays in the outbox", async () => {
  eventsAnswer = { status: 401, error: "unknown key" };
  const engine = startEngine();
  await emit(db, [shipped.create({ n: 1 })]);
  await expect(engine.relay()).rejects.toThrow("unknown key");
  expect(await db.select().from(jobEvents)).toMatchObject([{ handledAt: null }]);
  eventsAnswer = { status: 200, error: undefined };
  expect(await engine.relay()).toBe(true);
});

test("two relays never send the same event", async () => {
  const engines = [startEngine(), startEngine()];
  await emit(
    db,
    Array.from({ length: 250 }, (_, n) => shipped.create({ n })),
  );
  const relayAll = async (engine: (typeof engines)[number]) => {
    while (await engine.relay());
  };
  await Promise.all(engines.map(relayAll));
  await Promise.all(engines.map(relayAll));
  const sent = received.flatMap(({ body }) => body as { data: { n: number } }[]);
  expect(sent).toHaveLength(250);
  expect(new Set(sent.map(({ data }) => data.n)).size).toBe(250);
});
