import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { eventType } from "inngest";
import { afterAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { jobEvents, jobRuns } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { inngestEngine } from "@/lib/jobs/inngest-engine";
import { emit } from "@/lib/jobs/outbox";
import { runs } from "@/lib/jobs/runs";
import { testDatabase } from "../support/database";
import { recordingLog, testClock } from "../support/jobs";

const database = await testDatabase();
const { db, empty } = database;
beforeEach(empty);

type Received = { path: string | undefined; key: string | undefined; body: unknown };
type Answer = { status: number; error?: string };
let received: Received[] = [];
let answerTo: (numbers: number[]) => Answer;
beforeEach(() => {
  received = [];
  answerTo = () => ({ status: 200 });
});

/** As much of an Inngest server as an app ever talks to. */
const server = createServer(async (request, response) => {
  const body: unknown = JSON.parse((await text(request)) || "null");
  received.push({ path: request.url, key: request.headers.authorization, body });
  const sent = z.array(z.object({ data: z.object({ n: z.number() }) })).safeParse(body);
  const answer = sent.success
    ? { ...answerTo(sent.data.map(({ data }) => data.n)), ids: [] }
    : { status: 200, modified: true };
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
  answerTo = () => ({ status: 401, error: "unknown key" });
  const engine = startEngine();
  await emit(db, [shipped.create({ n: 1 })]);
  await expect(engine.relay()).rejects.toThrow("unknown key");
  expect(await db.select().from(jobEvents)).toMatchObject([{ handledAt: null }]);
  answerTo = () => ({ status: 200 });
  expect(await engine.relay()).toBe(true);
});

const refuse = (bad: number) => (numbers: number[]) =>
  numbers.includes(bad) ? { status: 400, error: "event name is reserved" } : { status: 200 };
/** What the server has taken, as far as it is to be believed. */
const taken = () =>
  received
    .map(({ body }) => (body as { data: { n: number } }[]).map(({ data }) => data.n))
    .filter((numbers) => answerTo(numbers).status === 200)
    .flat();

test("an event the server refuses is kept as a failed run with its input, and the others go on", async () => {
  answerTo = refuse(2);
  const engine = startEngine();
  await emit(
    db,
    [1, 2, 3].map((n) => shipped.create({ n }, { id: `parcel-${n}` })),
  );
  expect(await engine.relay()).toBe(true);
  expect(taken()).toEqual([1, 3]);
  expect(await engine.relay()).toBe(false);
  const [dead, ...others] = await db.select().from(jobRuns);
  expect(others).toEqual([]);
  expect(dead).toMatchObject({
    job: "ship",
    state: "failed",
    event: { id: "parcel-2", name: "test/shipped", data: { n: 2 } },
    error: { name: "RefusedError", message: expect.stringContaining("event name is reserved") },
  });

  answerTo = () => ({ status: 200 });
  received = [];
  await runs.retry(dead?.id ?? "", testClock()());
  expect(await engine.relay()).toBe(true);
  expect(received).toMatchObject([{ body: [{ id: `${dead?.id}:retry`, data: { n: 2 } }] }]);
});

test("trouble between the refused batch and its single events loses nothing and condemns nothing", async () => {
  answerTo = (numbers) => (numbers.length > 1 ? refuse(2)(numbers) : { status: 503, error: "no" });
  const engine = startEngine();
  await emit(
    db,
    [1, 2, 3].map((n) => shipped.create({ n })),
  );
  await expect(engine.relay()).rejects.toThrow("503");
  expect(await db.$count(jobRuns)).toBe(0);
  answerTo = refuse(2);
  received = [];
  expect(await engine.relay()).toBe(true);
  expect(taken()).toEqual([1, 3]);
  expect(await db.$count(jobRuns)).toBe(1);
});

test("an event that begins no job and is refused is kept under its own name", async () => {
  answerTo = refuse(1);
  const engine = startEngine();
  await emit(db, [{ name: "test/lost", data: { n: 1 } }]);
  expect(await engine.relay()).toBe(true);
  expect(await db.select().from(jobRuns)).toMatchObject([{ job: "test/lost", state: "failed" }]);
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
