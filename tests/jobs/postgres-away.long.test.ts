import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { eventType } from "inngest";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { migrate } from "@/lib/cli/migrate";
import { systemClock } from "@/lib/core/time";
import { connect } from "@/lib/db/client";
import { jobRuns } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { embeddedEngine } from "@/lib/jobs/embedded/engine";
import { emit } from "@/lib/jobs/outbox";
import { startCluster } from "../../scripts/postgres/cluster.mjs";
import { gate, recordingLog } from "../support/jobs";

const base = mkdtempSync(path.join(os.tmpdir(), "duken-away-"));
chmodSync(base, 0o711);
const start = (port = 0) => startCluster({ base, password: "test", port });
let cluster = await start();
const url = cluster.url("jobs");
await migrate(url);
const database = connect(url, 5);
const { db } = database;
afterAll(async () => {
  await Promise.all([database.sql.end({ timeout: 5 }), database.locks.end({ timeout: 5 })]);
  await cluster.stop();
  rmSync(base, { recursive: true, force: true });
});

const asked = eventType("test/asked", { schema: z.object({ n: z.number() }) });

test("Postgres goes away while steps run, and comes back: jobs go on by themselves, nothing is done twice", async () => {
  const during = gate();
  const over = gate();
  let tries = 0;
  const job = defineJob(asked, { id: "asked" }, async ({ step }) => {
    await step.run("work", async () => {
      tries += 1;
      await during.pass();
    });
    void over.pass();
  });
  const { log } = recordingLog();
  const engine = embeddedEngine({ database, functions: [job], log, clock: systemClock });
  await engine.start();
  const send = (count: number) =>
    emit(
      db,
      Array.from({ length: count }, (_, n) => asked.create({ n })),
    );
  await send(3);
  await during.arrived(3);
  await cluster.stop();
  during.open();
  cluster = await start(cluster.port);
  await over.arrived(3);
  expect(tries).toBe(3);
  await send(1);
  await over.arrived(4);
  await engine.stop();
  const states = (await db.select().from(jobRuns)).map((run) => run.state);
  expect(states).toEqual(["completed", "completed", "completed", "completed"]);
});
