import { sql } from "drizzle-orm";
import type { Tx } from "./client";

/** Postgres' word for a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = "55P03";

/** From here to the end of its transaction nothing waits longer than this for a lock, ms. */
export async function waitAtMost(tx: Tx, ms: number): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', ${`${ms}ms`}, true)`);
}

/** Whether a transaction has ended because somebody else held what it needed. */
export const wasLocked = (error: unknown): boolean =>
  error instanceof Error &&
  (("code" in error && error.code === LOCK_NOT_AVAILABLE) || wasLocked(error.cause));
