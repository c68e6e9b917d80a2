import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";

const HOLDER = "held by a test";

/** Holds what `take` locks until `release`, so that a test can make others meet in a chosen order. */
export async function hold(db: Db, take: (tx: Tx) => Promise<unknown>) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let over: Promise<void> = Promise.resolve();
  const held = await new Promise<Tx>((taken, failed) => {
    over = db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('application_name', ${HOLDER}, true)`);
      await take(tx);
      taken(tx);
      await released;
    });
    over.catch(failed);
  });
  return {
    /** Does more in the same transaction, while the others wait. */
    also: <T>(more: (tx: Tx) => Promise<T>): Promise<T> => more(held),
    async release() {
      release();
      await over;
    },
  };
}

const LONGEST_MS = 60_000;

/** Asks Postgres again and again until the answer is yes; gives up after a minute. */
export async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + LONGEST_MS;
  while (!(await isSo())) if (Date.now() > until) throw new Error("what was waited for never came");
}

/** Resolves when so many transactions wait for what `hold` holds, or for those who wait for it. */
export function waiting(db: Db, count: number): Promise<void> {
  return eventually(async () => {
    const [row] = await db.execute<{ count: number }>(sql`
      with recursive waits as materialized (
        select pid, pg_blocking_pids(pid) as others from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
      ), behind as (
        select waits.pid from waits join pg_stat_activity holder on holder.pid = any(others)
        where holder.application_name = ${HOLDER}
        union select waits.pid from waits join behind on behind.pid = any(others)
      )
      select count(*)::int as count from behind`);
    return (row?.count ?? 0) >= count;
  });
}
