import { setTimeout as sleep } from "node:timers/promises";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { requestSync } from "@/lib/sync/request-sync";
import type { Office } from "./office";
import { controlTwin } from "./twin";

const MINUTES = 60;
const LOOK_EVERY_MS = 250;
/** Asked for again when nothing has moved: an event that meets a run at its end waits for the tick. */
const ASK_EVERY_MS = 2_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/** A sync by the jobs of the application. */
export async function syncByJobs({ database, access }: Office, storeId: string): Promise<void> {
  const runId = await access.db.transaction((tx) => requestSync(tx, storeId, null));
  await until("the sync", async () => {
    const [run] = await database.sql<
      { status: string }[]
    >`select status from runs where id = ${runId}`;
    if (run?.status === "failed") throw new Error("the sync failed");
    return run?.status === "finished";
  });
}

/**
 * Sixty minutes of pricing without waiting for them: each minute the market moves on, so many products
 * fall due, the longest unseen first, and the jobs of the application do what they do on their tick.
 * Returns how many were looked at.
 */
export async function virtualHour(
  { database: { sql }, access, twin }: Office,
  storeId: string,
  perMinute: number,
): Promise<number> {
  await sql`update product_cities set next_check_at = now() + interval '1 day'`;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    await controlTwin(twin, "advance", { ms: 60_000 });
    const now = access.clock().toISOString();
    await sql`
      update product_cities set next_check_at = ${now} where product_id in (
        select id from products join product_cities on product_id = id
        where bot_enabled and gone_at is null
        order by last_checked_at nulls first limit ${perMinute})`;
    let askedAt = 0;
    await until(`minute ${minute}`, async () => {
      const [open] = await sql<{ count: number }[]>`
        select (select count(*) from product_cities
            where store_id = ${storeId} and next_check_at <= ${now})::int
          + (select count(*) from pricing_runs where finished_at is null)::int as count`;
      if (open?.count === 0) return true;
      if (performance.now() - askedAt < ASK_EVERY_MS) return false;
      askedAt = performance.now();
      await emit(access.db, [events.repriceRequested.create({ storeId })]);
      return false;
    });
  }
  const [runs] = await sql<{ checked: number }[]>`
    select sum(checked)::int as checked from pricing_runs`;
  return runs?.checked ?? 0;
}

async function until(what: string, isOver: () => Promise<boolean>): Promise<void> {
  const latest = performance.now() + LONGEST_WAIT_MS;
  while (!(await isOver())) {
    if (performance.now() > latest) throw new Error(`${what} did not come to its end`);
    await sleep(LOOK_EVERY_MS);
  }
}
