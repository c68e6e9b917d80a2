import { sql } from "drizzle-orm";
import { db, type Tx } from "@/lib/db/client";
import type { StoredError } from "@/lib/db/schema/jobs";
import { isLate } from "@/lib/jobs/runs-schedule";

export type JobHealth = {
  job: string;
  lastSuccessAt: Date | null;
  /** The latest run that failed or ran out of time. */
  lastFailureAt: Date | null;
  lastError: StoredError | null;
  running: number;
  queued: number;
  /** On a schedule, and without a success for more than twice its interval. */
  late: boolean;
};

type Row = {
  job: string;
  cron: string | null;
  time_zone: string | null;
  registered_at: string;
  last_success_at: string | null;
  succeeded_at: string | null;
  failed_at: string | null;
  error: StoredError | null;
  running: number;
  queued: number;
};

/** How every job of this installation is doing. */
export async function jobHealth(now: Date, tx: Tx = db()): Promise<JobHealth[]> {
  const rows = await tx.execute<Row>(sql`
    select job.id as job, job.cron, job.time_zone, job.registered_at, job.last_success_at,
      success.finished_at as succeeded_at, failure.finished_at as failed_at, failure.error,
      (select count(*)::int from jobs.run where job = job.id and state = 'running') as running,
      (select count(*)::int from jobs.run where job = job.id and state = 'queued') as queued
    from jobs.job
    left join lateral (select finished_at from jobs.run
      where job = job.id and state = 'completed' and finished_at is not null order by finished_at desc limit 1) success on true
    left join lateral (select finished_at, error from jobs.run
      where job = job.id and state in ('failed', 'cancelled') and error is not null
        and finished_at is not null
      order by finished_at desc limit 1) failure on true
    order by job.id`);
  return [...rows].map((row) => ({
    job: row.job,
    lastSuccessAt: date(row.succeeded_at),
    lastFailureAt: date(row.failed_at),
    lastError: row.error,
    running: row.running,
    queued: row.queued,
    late:
      row.cron !== null &&
      row.time_zone !== null &&
      isLate(
        { expr: row.cron, timeZone: row.time_zone },
        new Date(row.last_success_at ?? row.registered_at),
        now,
      ),
  }));
}

function date(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
