import { raiseNotices } from "@/lib/notices/queries";
import type { TaskAccess } from "./access";
import { aloneOnClock, moveClock } from "./clock-queries";
import { type DueTask, dueBetween, soonBetween } from "./due-queries";
import { forgetSoon, newsOf } from "./task-notices";

export type Told = { due: number; soon: number };

/**
 * Tells everybody of the deadlines that have come since the last time, and of those that come soon to who
 * wants that: each once, however many processes do it and whenever they die. What stood still for long
 * tells all it has missed.
 */
export function tellDue({ db, clock }: Pick<TaskAccess, "db" | "clock">): Promise<Told> {
  return db.transaction(async (tx) => {
    const since = await aloneOnClock(tx, clock);
    const until = clock();
    if (until <= since) return { due: 0, soon: 0 };
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

/** Its time is that of the deadline, or of the reminder: whatever was told late stands in its order. */
function toNotice(kind: "task_due" | "task_soon", { id: task, title, userId, at, dueAt }: DueTask) {
  return newsOf(kind, { task, title, userId, params: { due: dueAt.toISOString() } }, at);
}
