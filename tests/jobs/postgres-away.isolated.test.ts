import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { eventType } from "inngest";
import { NextRequest } from "next/server";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { migrate } from "@/lib/cli/migrate";
import { MINUTE, SECOND, sleep, systemClock } from "@/lib/core/time";
import { connect, type Database } from "@/lib/db/client";
import { jobQueue, jobRuns } from "@/lib/db/schema/jobs";
import { defineJob } from "@/lib/jobs/define-job";
import { embeddedEngine } from "@/lib/jobs/embedded/engine";
import { emit } from "@/lib/jobs/outbox";
import { proxy } from "@/proxy";
import { startCluster } from "../../scripts/postgres/cluster.mjs";
import { gate, recordingLog } from "../support/jobs";

const AWAY = process.env.LONG === "1" ? 30 * SECOND : 3 * SECOND;

const base = mkdtempSync(path.join(os.tmpdir(), "duken-away-"));
chmodSync(base, 0o711);
const start = (port = 0) => startCluster({ base, password: "test", port });
let cluster = await start();
const url = cluster.url("jobs");
await migrate(url);
const database = connect(url, 5);
const { db } = database;
// The pages' proxy looks at the process's own database.
Object.assign(globalThis as { dukenDatabase?: Database }, { dukenDatabase: database });
afterAll(async () => {
  await Promise.all([database.sql.end({ timeout: 5 }), database.locks.end({ timeout: 5 })]);
  await cluster.stop();
  rmSync(base, { recursive: true, force: true });
});

const asked = eventType("test/asked", { schema: z.object({ n: z.number() }) });

function visit(accept: string, cookie = "") {
  const headers = { accept, cookie };
  return proxy(new NextRequest("http://127.0.0.1/products", { headers }));
}

test(
  `Postgres is away for ${AWAY / SECOND} s: pages say so with 503, and jobs go on by themselves, nothing done twice`,
  async () => {
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
    const engine = embeddedEngine({
      database,
      functions: [job],
      log,
      clock: systemClock,
      leaseMs: 2 * SECOND,
    });
    await engine.start();
    const send = (count: number) =>
      emit(
        db,
        Array.from({ length: count }, (_, n) => asked.create({ n })),
      );
    await send(3);
    await during.arrived(3);
    expect((await visit("text/html")).status).toBe(200);

    await cluster.stop();
    during.open();
    await sleep(AWAY);
    const page = await visit("text/html,*/*", "duken-locale=kk");
    expect(page.status).toBe(503);
    expect(page.headers.get("retry-after")).toBe("5");
    expect(await page.text()).toContain("Дерекқор жауап бермей тұр");
    const data = await visit("application/json");
    expect([data.status, data.headers.get("retry-after"), await data.json()]).toEqual([
      503,
      "5",
      {
        success: false,
        code: "unavailable",
        error: expect.stringMatching(/^База данных не отвечает\. .* 5\s?с\.$/),
      },
    ]);

    cluster = await start(cluster.port);
    await over.arrived(3);
    expect(tries).toBe(3);
    await sleep(SECOND);
    expect((await visit("text/html")).status).toBe(200);
    await send(1);
    await over.arrived(4);
    await engine.stop();
    const states = (await db.select().from(jobRuns)).map((run) => run.state);
    expect(states).toEqual(["completed", "completed", "completed", "completed"]);
    expect(await db.$count(jobQueue)).toBe(0);
  },
  3 * MINUTE,
);
