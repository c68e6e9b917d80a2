import { sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
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

type Row = {
  job: string;
  cron: string;
  time_zone: string;
  registered_at: string;
  next_at: string | null;
  succeeded_at: string | null;
};

/** The jobs that run by themselves, the latest first. Cheap enough to be asked for on every page. */
export async function scheduledJobs(tx: Tx, now: Date): Promise<ScheduledJob[]> {
  const rows = await tx.execute<Row>(sql`
    select job.id as job, job.cron, job.time_zone, job.registered_at, job.next_at,
      success.finished_at as succeeded_at
    from jobs.job
    left join lateral (select finished_at from jobs.run
      where job = job.id and state = 'completed' order by finished_at desc limit 1) success on true
    where job.cron is not null and job.time_zone is not null
    order by job.id`);
  const jobs = [...rows].map((row) => {
    const schedule = { expr: row.cron, timeZone: row.time_zone };
    const since = new Date(row.succeeded_at ?? row.registered_at);
    return {
      job: row.job,
      everyMs: interval(schedule, since),
      lastSuccessAt: row.succeeded_at === null ? null : new Date(row.succeeded_at),
      nextAt: row.next_at === null ? null : new Date(row.next_at),
      late: isLate(schedule, since, now),
    };
  });
  return jobs.sort((a, b) => Number(b.late) - Number(a.late) || a.everyMs - b.everyMs);
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
