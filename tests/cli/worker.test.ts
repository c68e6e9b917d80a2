import { beforeAll, expect, test } from "vitest";
import { jobDefinitions } from "@/lib/db/schema/jobs";
import { ensureDirectExit } from "@/lib/exits/queries";
import { functions } from "@/lib/functions";
import { bindToKaspi } from "@/lib/workspace/queries";
import { startChild } from "../support/child";
import { testDatabase } from "../support/database";

const { db } = await testDatabase();
beforeAll(async () => {
  await bindToKaspi(db, "twin");
  await ensureDirectExit(db);
});

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

test("with JOBS=off a worker refuses to work", async () => {
  expect(await startWorker({ JOBS: "off" }).ended).toBe(2);
});
