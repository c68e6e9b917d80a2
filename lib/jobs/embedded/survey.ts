import { sql } from "drizzle-orm";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import { routeEvents } from "@/lib/jobs/embedded/router";
import { cancelOverdue, endWaits, expireLeases, fireCrons } from "@/lib/jobs/embedded/timers";

/** What there is to do, found with one query: all that an idle engine asks of Postgres. */
export type Survey = {
  events: boolean;
  ready: boolean;
  expired: boolean;
  waits: boolean;
  crons: boolean;
  overdue: boolean;
  /** When the next thing falls due by itself. */
  nextAt: Date | null;
};

export async function survey(engine: EngineContext): Promise<Survey> {
  const now = sql`${engine.clock().toISOString()}::timestamptz`;
  const jobs = sql`${`{${[...engine.definitions.keys()].join(",")}}`}::text[]`;
  const [row] = await engine.db.execute<Omit<Survey, "nextAt"> & { next_at: string | null }>(sql`
    select
      exists (select from jobs.event where handled_at is null) as events,
      exists (select from jobs.queue
        where owner is null and due_at <= ${now} and job = any(${jobs})) as ready,
      exists (select from jobs.queue
        where owner is not null and lease_until <= ${now} and job = any(${jobs})) as expired,
      exists (select from jobs.wait where due_at <= ${now}) as waits,
      exists (select from jobs.job where next_at <= ${now} and id = any(${jobs})) as crons,
      exists (select from jobs.run where finished_at is null and deadline <= ${now}) as overdue,
      least(
        (select min(soon.due_at) from unnest(${jobs}) as job(id)
          cross join lateral (select due_at from jobs.queue
            where owner is null and queue.job = job.id and due_at > ${now}
            order by due_at limit 1) soon),
        (select min(lease_until) from jobs.queue where owner is not null and lease_until > ${now}),
        (select min(due_at) from jobs.wait where due_at > ${now}),
        (select min(next_at) from jobs.job where next_at > ${now}),
        (select min(deadline) from jobs.run where finished_at is null and deadline > ${now})
      ) as next_at`);
  if (!row) throw new Error("the survey came back empty");
  const { next_at, ...found } = row;
  return { ...found, nextAt: next_at === null ? null : new Date(next_at) };
}

/** Does everything found but the calls themselves. Answers whether there was anything. */
export async function advance(engine: EngineContext, todo: Survey): Promise<boolean> {
  const { expired, overdue, waits, crons, events } = todo;
  if (expired) await expireLeases(engine);
  if (overdue) await cancelOverdue(engine);
  if (waits) await endWaits(engine);
  if (crons) await fireCrons(engine);
  if (events) await routeEvents(engine);
  return expired || overdue || waits || crons || events;
}
