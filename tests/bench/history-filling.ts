import type postgres from "postgres";

const STORES = 21;
const storeOf = (n: string) =>
  `('00000000-0000-4000-8000-' || lpad((${n} % ${STORES} + 1)::text, 12, '0'))`;
const progressOf = (n: string) => `('10000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))`;

/**
 * A month of an office with 21 stores, the last of them the member's: `count` runs, one in twenty of them
 * a sync with its progress, one in 5,000 failed and retried, and an audit of 500,000 changes.
 */
export async function fillHistory(
  sql: postgres.Sql,
  { owner, member }: { owner: string; member: string },
  count: number,
): Promise<void> {
  await sql`insert into stores (id, user_id, merchant_id, name)
    select ${sql.unsafe(storeOf("n"))}::uuid,
      case when n = ${STORES - 1} then ${member}::uuid else ${owner}::uuid end, n, 'Store ' || n
    from generate_series(0, ${STORES - 1}) as n`;
  await sql`insert into runs (id, kind, store_id, user_id, status, done, total, created_at, finished_at)
    select ${sql.unsafe(progressOf("n"))}::uuid, 'sync', ${sql.unsafe(storeOf("n * 20"))}::uuid,
      case when n % 400 = 0 then ${member}::uuid when n % 10 = 0 then ${owner}::uuid end,
      'finished', 100, 100, at, at
    from (select n, now() - (${count / 20} - n) * interval '2 minutes' as at
      from generate_series(1, ${count / 20}) as n) as made`;
  await sql`insert into jobs.run (id, job, event, state, concurrency_keys, queued_at, started_at, finished_at)
    select id, job, jsonb_build_object('name', 'any', 'ts', 0,
        'id', case when state = 'again' then lag(id) over (order by n) || ':retry' else n::text end,
        'data', case job when 'sync-store' then jsonb_build_object('storeId', store, 'runId', progress)
          when 'pricing-tick' then '{}' else jsonb_build_object('storeId', store) end),
      case state when 'again' then 'completed' else state end, '{}', at, at, at + interval '3 seconds'
    from (select n, gen_random_uuid() as id, ${sql.unsafe(storeOf("n"))} as store,
      ${sql.unsafe(progressOf("n / 20"))} as progress, now() - (${count} - n) * interval '6 seconds' as at,
      case when n % 20 = 0 then 'sync-store' when n % 20 = 1 then 'pricing-tick'
        when n % 20 < 8 then 'reprice-store' when n % 20 < 14 then 'publish-prices'
        else 'confirm-prices' end as job,
      case n % 5000 when 4998 then 'failed' when 4999 then 'again' else 'completed' end as state
      from generate_series(1, ${count}) as n) as made`;
  await sql`insert into audit_log (at, user_id, action, subject_id)
    select now() - n * interval '5 seconds', case when n % 3 = 0 then ${member}::uuid else ${owner}::uuid end,
      'product.limits_changed', gen_random_uuid()::text
    from generate_series(1, 500000) as n
    union all select queued_at, ${owner}, 'run.retried', retry_of::text from jobs.run
      where retry_of is not null`;
  await sql`vacuum analyze`;
}
