import { eventType } from "inngest";
import { expect, test } from "vitest";
import { z } from "zod";
import { jobSteps } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { emit } from "@/lib/jobs/outbox";
import { engineFromEnv } from "@/lib/jobs/start";
import { startChild } from "../support/child";
import { testDatabase } from "../support/database";
import { gate, startTestJobs } from "../support/jobs";

const { db, sql } = await testDatabase();
const knocked = eventType("test/knocked", { schema: z.object({ n: z.number() }) });

test("without keys for Inngest the embedded engine runs the jobs, on the real clock", async () => {
  const heard = gate();
  const job = defineJob(knocked, { id: "hear" }, async () => void heard.pass());
  const engine = engineFromEnv([job]);
  expect(engine.kind).toBe("embedded");
  await engine.start();
  await emit(db, [knocked.create({ n: 1 })]);
  await heard.arrived(1);
  await engine.stop();
});

test("an engine that lost its listening connection is woken again afterwards", async () => {
  const heard = gate();
  const job = defineJob(knocked, { id: "hear-again" }, async () => void heard.pass());
  const jobs = await startTestJobs({ functions: [job], pollMs: 3_600_000 });
  await jobs.start();
  const killed = await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`;
  expect(killed).toHaveLength(1);
  await emit(db, [knocked.create({ n: 2 })]);
  await heard.arrived(1);
  await jobs.stop();
});

test("SIGTERM ends the process in order: the step stops at its signal and its result is kept", async () => {
  const child = startChild("tests/support/job-worker.ts", ["until-stopped"], { JOBS: "in-app" });
  await emit(db, [{ name: "test/delivered", data: { n: 1 } }]);
  await child.line((line) => line === "working");
  child.kill("SIGTERM");
  expect(await child.ended).toBe(0);
  const steps = await db.select().from(jobSteps);
  expect(steps.map(({ memo }) => memo)).toContainEqual({ type: "data", data: "as far as I came" });
});
