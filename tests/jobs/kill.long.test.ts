import { afterAll, expect, test } from "vitest";
import { jobQueue, jobRuns } from "@/lib/db/schema/jobs";
import { emit } from "@/lib/jobs/outbox";
import { type Child, startChild } from "../support/child";
import { testDatabase } from "../support/database";

const { db, sql } = await testDatabase();
const ITEMS = 60;
const KILLS = 8;

let workers: Child[] = [];
afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});
const startWorker = () => startChild("tests/support/job-worker.ts", []);

test("two workers, one of them killed -9 again and again: nothing is lost, finished work is not repeated", async () => {
  await sql`create table deliveries (n int, half text, at timestamptz default clock_timestamp())`;
  workers = [startWorker(), startWorker()];
  const numbers = Array.from({ length: ITEMS }, (_, n) => n);
  await emit(
    db,
    numbers.map((n) => ({ name: "test/delivered", data: { n } })),
  );
  for (let kill = 0; kill < KILLS; kill += 1) {
    const [victim] = workers;
    let more = 1 + ((kill * 7) % 5);
    await victim?.line((line) => line.startsWith("item") && --more === 0);
    victim?.kill("SIGKILL");
    expect(await victim?.ended).toBe("SIGKILL");
    workers = [...workers.slice(1), startWorker()];
  }
  await expect
    .poll(async () => (await db.select().from(jobRuns)).filter((run) => run.finishedAt).length, {
      timeout: 120_000,
      interval: 500,
    })
    .toBe(ITEMS);
  const runs = await db.select().from(jobRuns);
  expect(new Set(runs.map((run) => run.state))).toEqual(new Set(["completed"]));
  expect(await db.select().from(jobQueue)).toEqual([]);
  const [count] = await sql`
    select count(distinct (n, half))::int as done, count(*)::int as tries from deliveries`;
  expect(count?.done).toBe(3 * ITEMS);
  // A kill can catch at most the four calls in flight.
  expect(count?.tries).toBeLessThanOrEqual(3 * ITEMS + 4 * KILLS);
});
