import { sql } from "drizzle-orm";
import type { Clock } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { taskClock } from "@/lib/db/schema/tasks";

const lock = sql`hashtext('tasks'), hashtext('clock')`;

/**
 * Whatever sets, moves or ends a deadline holds this until it commits, many side by side, and takes the time
 * after: the clock of deadlines then passes over it or stands before it, and never looks past it.
 */
export async function besideClock(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${lock})`);
}

/** The clock alone: nobody changes a deadline meanwhile. Returns up to when deadlines were told. */
export async function aloneOnClock(tx: Tx, now: () => Date): Promise<Date> {
  await tx.execute(sql`select pg_advisory_xact_lock(${lock})`);
  await tx.insert(taskClock).values({ id: 1, toldUntil: now() }).onConflictDoNothing();
  const [row] = await tx.select({ toldUntil: taskClock.toldUntil }).from(taskClock);
  if (!row) throw new Error("task_clock is empty");
  return row.toldUntil;
}

export async function moveClock(tx: Tx, toldUntil: Date): Promise<void> {
  await tx.update(taskClock).set({ toldUntil });
}

/** Milliseconds by which a clock is ahead of Postgres's, which all who share the office have in common. */
export async function aheadOfDatabase(tx: Tx, clock: Clock): Promise<number> {
  const [row] = await tx.execute<{ at: string }>(sql`select clock_timestamp() as at`);
  return row ? clock().getTime() - new Date(row.at).getTime() : 0;
}
