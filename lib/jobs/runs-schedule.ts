import { eq, isNotNull } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { jobDefinitions } from "@/lib/db/schema/jobs";
import { firings, type Schedule } from "@/lib/jobs/embedded/schedule";

export type ScheduledJob = {
  job: string;
  /** Between two firings, milliseconds. */
  everyMs: number;
  lastSuccessAt: Date | null;
  nextAt: Date | null;
  /** Its last success is older than twice its schedule. */
  late: boolean;
};

/** What begins the runs of a schedule. */
export const SCHEDULED = "inngest/scheduled.timer";

/** The jobs that run by themselves, the latest first. Cheap enough to be asked for on every page. */
export async function scheduledJobs(tx: Tx, now: Date): Promise<ScheduledJob[]> {
  const rows = await tx.select().from(jobDefinitions).where(isNotNull(jobDefinitions.cron));
  const jobs = rows.flatMap(({ id: job, cron, timeZone, registeredAt, lastSuccessAt, nextAt }) => {
    if (cron === null || timeZone === null) return [];
    const schedule = { expr: cron, timeZone };
    const since = lastSuccessAt ?? registeredAt;
    const everyMs = interval(schedule, since);
    return [{ job, everyMs, lastSuccessAt, nextAt, late: isLate(schedule, since, now) }];
  });
  return jobs.sort(
    (a, b) =>
      Number(b.late) - Number(a.late) || a.everyMs - b.everyMs || a.job.localeCompare(b.job),
  );
}

/** A run that its schedule had begun went well. */
export async function noteSuccess(
  tx: Tx,
  { job, event }: { job: string; event: { name: string } },
  now: Date,
): Promise<void> {
  if (event.name !== SCHEDULED) return;
  await tx.update(jobDefinitions).set({ lastSuccessAt: now }).where(eq(jobDefinitions.id, job));
}

/** Nothing went well `since` for more than twice as long as the schedule lets pass. */
export function isLate(schedule: Schedule, since: Date, now: Date): boolean {
  return later(since, 2 * interval(schedule, since)) < now;
}

/** The longest of the gaps that follow: a schedule for office hours is not late in the morning. */
function interval(schedule: Schedule, since: Date): number {
  const moments = [since, ...firings(schedule, since, 3)].map((at) => at.getTime());
  const gaps = moments.slice(1).map((at, nth) => at - (moments[nth] ?? at));
  return gaps.length > 0 ? Math.max(...gaps) : Number.POSITIVE_INFINITY;
}
