import { raiseNotices } from "@/lib/notices/queries";
import type { TaskAccess } from "./access";
import { aloneOnClock, moveClock } from "./clock-queries";
import { type DueTask, dueBetween, soonBetween } from "./due-queries";
import { newsOf } from "./task-notices";

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
    await moveClock(tx, until);
    return { due: due.length, soon: soon.length };
  });
}

/** Its time is that of the deadline: whatever was told late stands in its order. */
function toNotice(kind: "task_due" | "task_soon", { minutes, at, ...due }: DueTask) {
  const hours = minutes % 60 === 0 ? minutes / 60 : 0;
  const ahead = kind === "task_soon" ? { minutes, hours } : {};
  return newsOf(kind, { ...due, task: due.id, params: ahead }, at);
}
