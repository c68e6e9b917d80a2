import { type Clock, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { log } from "@/lib/log";
import { raiseNotices } from "@/lib/notices/queries";
import type { TaskAccess } from "./access";
import { aheadOfDatabase, aloneOnClock, moveClock } from "./clock-queries";
import { type DueTask, dueBetween, soonBetween } from "./due-queries";
import { forgetSoon, newsOf } from "./task-notices";

/** Clocks of machines that are looked after differ by less. */
const MOST_AHEAD = 5 * MINUTE;

type Access = Pick<TaskAccess, "db" | "clock">;
export type Told = { due: number; soon: number };
const nothing: Told = { due: 0, soon: 0 };

/**
 * Tells everybody of the deadlines that have come since the last time, and of those that come soon to who
 * wants that: each once, however many processes do it and whenever they die. What stood still for long
 * tells all it has missed.
 */
export function tellDue({ db, clock }: Access): Promise<Told> {
  return db.transaction(async (tx) => {
    const since = await aloneOnClock(tx, clock);
    const until = clock();
    if (until <= since) {
      if (later(until, MOST_AHEAD) < since) await setBack(tx, since, until);
      return nothing;
    }
    const due = await dueBetween(tx, { since, until });
    const soon = await soonBetween(tx, { since, until });
    await raiseNotices(tx, [
      ...due.map((one) => toNotice("task_due", one)),
      ...soon.map((one) => toNotice("task_soon", one)),
    ]);
    // What comes soon has come.
    await forgetSoon(tx, due, until);
    await moveClock(tx, until);
    return { due: due.length, soon: soon.length };
  });
}

/** Told ahead of the time: what is set between is told when it comes, and of the rest nothing twice. */
async function setBack(tx: Tx, since: Date, until: Date): Promise<void> {
  log.error({ toldUntil: since, now: until }, "deadlines were told ahead of the time");
  await moveClock(tx, until);
}

/** The same by Postgres's time, where the clock of this machine, `wall`, goes wrong. */
export async function tellDueInTime(access: Access, wall: Clock): Promise<Told> {
  const ahead = await aheadOfDatabase(access.db, wall);
  if (Math.abs(ahead) <= MOST_AHEAD) return tellDue(access);
  log.error({ ahead }, "the clock of this machine is not that of the database");
  return tellDue({ ...access, clock: () => later(access.clock(), -ahead) });
}

/** Its time is that of the deadline, or of the reminder: whatever was told late stands in its order. */
function toNotice(kind: "task_due" | "task_soon", { id: task, title, userId, at, dueAt }: DueTask) {
  return newsOf(kind, { task, title, userId, params: { due: dueAt.toISOString() } }, at);
}
