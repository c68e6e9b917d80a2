import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { jobDefinitions, jobRuns } from "@/lib/db/schema/jobs";
import { ensureDirectExit } from "@/lib/exits/queries";
import { functions } from "@/lib/functions";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { bindToKaspi } from "@/lib/workspace/queries";
import { freePort } from "../../scripts/process/ports.mjs";
import { startChild } from "../support/child";
import { testDatabase } from "../support/database";
import { inngestStandIn } from "../support/inngest-stand-in";
import { eventually } from "../support/locks";

const { db } = await testDatabase();
beforeAll(async () => {
  await bindToKaspi(db, "twin");
  await ensureDirectExit(db);
});

const KEY = "ab".repeat(32);
const startWorker = (env: Record<string, string> = {}, args: string[] = []) =>
  startChild("lib/cli/main.ts", ["worker", ...args], { JOBS: "worker", ...env });

test("a worker takes up the jobs, says that it is ready, and ends in order", async () => {
  const worker = startWorker({}, ["--port", "0"]);
  const ready = worker.line((line) => line.startsWith("Задания выполняются (embedded"));
  const address = (await worker.line((line) => line.startsWith("Состояние: "))).slice(11);
  await ready;
  const state = await fetch(address);
  expect(await state.json()).toMatchObject({ status: "ok", running: true, jobs: "ok" });
  expect(state.status).toBe(200);
  expect((await fetch(new URL("/health/", address))).status).toBe(200);
  expect((await fetch(new URL("/api/inngest", address))).status).toBe(404);
  expect((await fetch(new URL("/elsewhere", address))).status).toBe(404);
  expect(await db.$count(jobDefinitions)).toBe(functions.length);
  worker.kill("SIGTERM");
  expect(await worker.ended).toBe(0);
});

test("with keys for Inngest a worker registers where it is reached, and answers signed calls alone", async () => {
  const server = await inngestStandIn({ signingKey: KEY });
  const port = await freePort(0);
  const origin = `http://127.0.0.1:${port}`;
  const worker = startWorker(
    {
      INNGEST_SIGNING_KEY: KEY,
      INNGEST_EVENT_KEY: "event-key",
      INNGEST_BASE_URL: server.url,
      INNGEST_SERVE_ORIGIN: origin,
    },
    ["--port", String(port)],
  );
  await worker.line((line) => line.startsWith("Задания выполняются (inngest"));
  const [registration] = server.received;
  expect(registration?.path).toBe("/fn/register");
  expect(registration?.body).toMatchObject({ url: `${origin}/api/inngest` });
  const unsigned = { method: "POST", body: "{}" };
  const call = `${origin}/api/inngest?fnId=duken-pricing-tick&stepId=step`;
  expect((await fetch(call, unsigned)).status).toBe(401);
  await db.transaction((tx) =>
    emit(tx, [events.publishRequested.create({ storeId: randomUUID() })]),
  );
  await eventually(async () => (await db.$count(jobRuns, eq(jobRuns.state, "completed"))) > 0);
  worker.kill("SIGTERM");
  expect(await worker.ended).toBe(0);
  server.close();
});

test("with JOBS=off a worker refuses to work", async () => {
  expect(await startWorker({ JOBS: "off" }).ended).toBe(2);
});
