import { inArray } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { MINUTE, SECOND } from "@/lib/core/time";
import { jobQueue, jobRuns } from "@/lib/db/schema/jobs";
import { emit } from "@/lib/jobs/outbox";
import { type Child, startChild } from "../support/child";
import { testDatabase } from "../support/database";

const { db, sql } = await testDatabase();
const KILLS = process.env.LONG === "1" ? 8 : 1;
/** New ones before each kill: a victim that finds no work left would never be caught at it. */
const ITEMS_A_KILL = 20;
const ITEMS = KILLS * ITEMS_A_KILL;
/** As in tests/support/job-worker.ts; the rest is what a busy machine needs to notice. */
const LEASE = 2 * SECOND;
const TO_NOTICE = 5 * SECOND;

let workers: Child[] = [];
afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});
const startWorker = () => startChild("tests/support/job-worker.ts", []);
const eventually = { timeout: 2 * MINUTE, interval: 100 };

test(`two workers, one of them killed -9 (${KILLS} times): all items done, none repeated, resumed within the lease`, async () => {
  await sql`create table deliveries (n int, half text, at timestamptz default clock_timestamp())`;
  workers = [startWorker(), startWorker()];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const numbers = Array.from({ length: ITEMS_A_KILL }, (_, nth) => kill * ITEMS_A_KILL + nth);
    await emit(
      db,
      numbers.map((n) => ({ name: "test/delivered", data: { n } })),
    );
    const [victim] = workers;
    let more = 1 + ((kill * 7) % 5);
    await victim?.line((line) => line.startsWith("item") && --more === 0);
    victim?.kill("SIGKILL");
    expect(await victim?.ended).toBe("SIGKILL");
    await resumedWithinTheLease();
    workers = [...workers.slice(1), startWorker()];
  }
  await expect
    .poll(async () => (await db.select().from(jobRuns)).filter((run) => run.finishedAt).length, {
      ...eventually,
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

/** Of all that is leased now, whoever holds it, nothing is held as it is for longer than a lease. */
async function resumedWithinTheLease(): Promise<void> {
  const held = await db.select().from(jobQueue);
  const ids = held.filter((item) => item.owner !== null).map((item) => item.id);
  const stuck = async () => {
    const now = await db.select().from(jobQueue).where(inArray(jobQueue.id, ids));
    return now.filter((item) =>
      held.some(
        ({ id, owner, attempt }) =>
          item.id === id && item.owner === owner && item.attempt === attempt,
      ),
    ).length;
  };
  await expect.poll(stuck, { timeout: LEASE + TO_NOTICE, interval: 50 }).toBe(0);
}
