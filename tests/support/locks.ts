import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";

/** Holds what `take` locks until `release`, so that a test can make others meet in a chosen order. */
export async function hold(db: Db, take: (tx: Tx) => Promise<unknown>) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let over: Promise<void> = Promise.resolve();
  await new Promise<void>((taken, failed) => {
    over = db.transaction(async (tx) => {
      await take(tx);
      taken();
      await released;
    });
    over.catch(failed);
  });
  return {
    async release() {
      release();
      await over;
    },
  };
}

/** Resolves when so many transactions of this database wait for a lock of another. */
export async function waiting(db: Db, count: number): Promise<void> {
  for (;;) {
    const [row] = await db.execute<{ count: number }>(sql`
      select count(distinct pid)::int as count from pg_locks where not granted`);
    if ((row?.count ?? 0) >= count) return;
  }
}
