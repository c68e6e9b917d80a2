import { Cron } from "croner";

export type Schedule = { expr: string; timeZone: string };

/** The next firings after `from`. Throws if the expression or the time zone is wrong. */
export function firings({ expr, timeZone }: Schedule, from: Date, count: number): Date[] {
  return new Cron(expr, { timezone: timeZone }).nextRuns(count, from);
}

/** Throws also if the schedule never fires again. */
export function nextFiring(schedule: Schedule, from: Date): Date {
  const [next] = firings(schedule, from, 1);
  if (!next) throw new Error(`schedule "${schedule.expr}" never fires`);
  return next;
}
