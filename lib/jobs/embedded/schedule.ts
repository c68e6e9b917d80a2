import { Cron } from "croner";

/** The first firing after `from`. Throws if the expression or the time zone is wrong, or never fires. */
export function nextFiring(cron: { expr: string; timeZone: string }, from: Date): Date {
  const next = new Cron(cron.expr, { timezone: cron.timeZone }).nextRun(from);
  if (!next) throw new Error(`schedule "${cron.expr}" never fires`);
  return next;
}
