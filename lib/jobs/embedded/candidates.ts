import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { EngineContext } from "@/lib/jobs/embedded/context";

/** So many of a job's oldest calls are looked at before its keys are. */
const WINDOW = 200;

export type Candidate = { id: number; concurrencyKeys: string[] };
type Asked = { full: string[]; limit: number; now: Date };

/**
 * Due calls that no full limit holds back, oldest first. A heap of calls waiting for a full key is
 * stepped over key by key, not call by call, so that its size costs nothing.
 */
export async function candidates(
  engine: EngineContext,
  tx: Tx,
  asked: Asked,
): Promise<Candidate[]> {
  const open = [...engine.definitions.values()].filter(({ id, concurrency }) =>
    concurrency.every(({ path }, nth) => path.length > 0 || !asked.full.includes(`${id}:${nth}:`)),
  );
  const jobs = textArray(open.map(({ id }) => id));
  const near = await amongOldest(tx, jobs, asked);
  return near.length > 0 || asked.full.length === 0 ? near : amongKeys(tx, jobs, asked);
}

type Row = { id: string; concurrency_keys: string[] };
const toCandidate = (row: Row): Candidate => ({
  id: Number(row.id),
  concurrencyKeys: row.concurrency_keys,
});

async function amongOldest(tx: Tx, jobs: Sql, { full, limit, now }: Asked): Promise<Candidate[]> {
  const rows = await tx.execute<Row>(sql`
    select oldest.id, oldest.concurrency_keys
    from unnest(${jobs}) as job(id)
    cross join lateral (select id, due_at, concurrency_keys from jobs.queue
      where owner is null and queue.job = job.id and due_at <= ${instant(now)}
      order by due_at, id limit ${WINDOW}) oldest
    where not (oldest.concurrency_keys && ${textArray(full)})
    order by oldest.due_at, oldest.id limit ${limit}`);
  return [...rows].map(toCandidate);
}

/** The oldest call of each set of keys. */
async function amongKeys(tx: Tx, jobs: Sql, { full, limit, now }: Asked): Promise<Candidate[]> {
  const rows = await tx.execute<Row>(sql`
    with recursive held as (
      (select job, concurrency_keys as keys from jobs.queue
        where owner is null order by job, concurrency_keys limit 1)
      union all
      select following.job, following.keys from held
      cross join lateral (select job, concurrency_keys as keys from jobs.queue
        where owner is null and (job, concurrency_keys) > (held.job, held.keys)
        order by job, concurrency_keys limit 1) following
    )
    select oldest.id, held.keys as concurrency_keys
    from held
    cross join lateral (select id, due_at from jobs.queue
      where owner is null and queue.job = held.job and concurrency_keys = held.keys
        and due_at <= ${instant(now)}
      order by due_at, id limit 1) oldest
    where held.job = any(${jobs}) and not (held.keys && ${textArray(full)})
    order by oldest.due_at, oldest.id limit ${limit}`);
  return [...rows].map(toCandidate);
}

type Sql = ReturnType<typeof sql>;
const instant = (at: Date): Sql => sql`${at.toISOString()}::timestamptz`;
/** As JSON: keys hold the values of events, with whatever quotes and commas are in them. */
const textArray = (texts: string[]): Sql =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`;
