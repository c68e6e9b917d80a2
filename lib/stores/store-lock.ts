import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";

/** What of a store's work excludes itself: looking at the market, and sending prices. */
const purposes = { check: 1, publish: 2 } as const;

/**
 * Runs `work` while no other process does the same for the store; waits for its turn. The lock is
 * Postgres's own and ends with its connection, so a killed process leaves nothing behind. It holds a
 * connection: keep the work short.
 */
export function withStoreLock<T>(
  db: Db,
  storeId: string,
  purpose: keyof typeof purposes,
  work: () => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${storeId}), ${purposes[purpose]})`);
    return work();
  });
}
