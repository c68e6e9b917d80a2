import { eventType } from "inngest";
import { z } from "zod";
import { SECOND, sleep, systemClock } from "@/lib/core/time";
import type { Database } from "@/lib/db/client";
import { functions } from "@/lib/functions";
import { defineJob } from "@/lib/jobs/define-job";
import { embeddedEngine } from "@/lib/jobs/embedded/engine";
import { emit } from "@/lib/jobs/outbox";
import { log } from "@/lib/log";
import { startChild } from "../support/child";
import { newDatabase, postgresServer } from "./database";
import type { Bench, Figure } from "./figure";
import { cpuOf } from "./processes";
import { fillQueue } from "./queue-filling";
import { type Spent, timed } from "./stopwatch";

const RUNS = 300;
/** Few enough to never wait for a place. */
const AT_EASE = 8;
const STEPS = 5;
/** Holds one round of the schedules. */
const IDLE_MS = 60 * SECOND;
const QUEUED = 100_000;

const asked = eventType("bench/asked", { schema: z.object({ n: z.number() }) });

/** What the embedded engine costs: alone, idle, after a death, and under a heap of waiting runs. */
export const bench: Bench = async () => {
  const database = await newDatabase();
  const quick = await throughput(database, "empty queue");
  const idle = await idling(database);
  const recovery = await recovering(database);
  await fillQueue(database.sql, QUEUED);
  const crowded = await throughput(database, `${QUEUED.toLocaleString("en")} runs waiting`);
  return [...quick, ...crowded, ...idle, recovery];
};

async function throughput(database: Database, when: string): Promise<Figure[]> {
  const many = await work(database, RUNS);
  const few = await work(database, AT_EASE);
  const sorted = few.waits.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  const steps = RUNS * (STEPS + 1);
  const own = many.own / steps;
  const postgres = many.postgres / steps;
  return [
    {
      what: `runs of ${STEPS + 1} steps, ${when}`,
      value: (RUNS / many.wall) * SECOND,
      unit: "runs/s",
      note: `${((steps / many.wall) * SECOND).toFixed(0)} steps/s`,
    },
    {
      what: `CPU of a step, ${when}`,
      value: own + postgres,
      unit: "ms",
      note: `own ${own.toFixed(2)}, Postgres ${postgres.toFixed(2)}`,
    },
    {
      what: `from step to step, p50, ${when}`,
      value: at(0.5),
      unit: "ms",
      note: `p99 ${at(0.99).toFixed(0)} ms, ${AT_EASE} runs at once`,
    },
  ];
}

/** So many runs, asked for at once, to the end of the last. */
async function work(database: Database, runs: number): Promise<Spent & { waits: number[] }> {
  const waits: number[] = [];
  let left = runs;
  let over = () => {};
  const done = new Promise<void>((resolve) => {
    over = resolve;
  });
  const job = defineJob(asked, { id: "bench-steps", retries: 0 }, async ({ step }) => {
    let before = await step.run("s0", () => performance.now());
    for (let n = 1; n < STEPS; n += 1) {
      const earlier = before;
      before = await step.run(`s${n}`, () => {
        waits.push(performance.now() - earlier);
        return performance.now();
      });
    }
    await step.run("end", () => {
      left -= 1;
      if (left === 0) over();
    });
  });
  const engine = embeddedEngine({ database, functions: [job], log, clock: systemClock });
  const events = Array.from({ length: runs }, (_, n) => asked.create({ n }));
  await emit(database.db, events);
  const pids = { postgres: postgresServer().pid, twin: process.pid };
  const spent = await timed(pids, async () => {
    await engine.start();
    await done;
  });
  await engine.stop();
  return { ...spent, waits };
}

/** Every job of the system, and nothing to do but the schedules. */
async function idling(database: Database): Promise<Figure[]> {
  const engine = embeddedEngine({ database, functions, log, clock: systemClock });
  await engine.start();
  await sleep(5 * SECOND);
  const { pid } = postgresServer();
  const before = { own: cpuOf(process.pid), postgres: cpuOf(pid) };
  const queries = countQueries(database);
  await sleep(IDLE_MS);
  const own = ((cpuOf(process.pid) - before.own) / IDLE_MS) * 100;
  const postgres = ((cpuOf(pid) - before.postgres) / IDLE_MS) * 100;
  const asked = queries();
  await engine.stop();
  return [
    {
      what: "engine at idle, CPU",
      value: own + postgres,
      unit: "% of a core",
      target: { most: 1 },
      note: `own ${own.toFixed(2)}, Postgres with its own upkeep ${postgres.toFixed(2)}`,
    },
    { what: "engine at idle, queries", value: (asked / IDLE_MS) * SECOND, unit: "a second" },
  ];
}

/** Counts what is asked of Postgres from now on. */
function countQueries({ sql }: Database): () => number {
  let count = 0;
  Object.assign(sql.options, {
    debug: () => {
      count += 1;
    },
  });
  return () => count;
}

/** From the kill of one process to the end of its work in another, with the lease of an installation. */
async function recovering(database: Database & { url: string }): Promise<Figure> {
  const mortal = startChild("tests/bench/mortal.ts", [], { DATABASE_URL: database.url });
  await mortal.line((line) => line === "started");
  await emit(database.db, [{ name: "bench/mortal", data: {} }]);
  await mortal.line((line) => line === "working");
  const heir = startChild("tests/bench/mortal.ts", ["finish"], { DATABASE_URL: database.url });
  await heir.line((line) => line === "started");
  mortal.kill("SIGKILL");
  const killed = performance.now();
  await heir.line((line) => line === "finished");
  const value = (performance.now() - killed) / SECOND;
  heir.kill("SIGKILL");
  await Promise.all([mortal.ended, heir.ended]);
  return { what: "work of a killed process goes on after", value, unit: "s", note: "lease 30 s" };
}
