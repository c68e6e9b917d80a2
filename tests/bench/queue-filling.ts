import type postgres from "postgres";

/**
 * Runs of a real job that wait for their turn: a hundred stores, each with its own key, and one run
 * under way for each key, so that none of the rest may begin.
 */
export async function fillQueue(sql: postgres.Sql, count: number): Promise<void> {
  const job = "publish-prices";
  await sql`
    with made as (
      insert into jobs.run (id, job, event, state, concurrency_keys, queued_at)
      select gen_random_uuid(), ${job},
        jsonb_build_object('id', 'bench-' || nth, 'name', 'store/publish.requested', 'ts', 0,
          'data', jsonb_build_object('storeId', '00000000-0000-4000-8000-' || lpad((nth % 100)::text, 12, '0'))),
        'queued', array[${job} || ':0:"' || nth % 100 || '"', ${job} || ':1:'], now()
      from generate_series(1, ${count}::int) as nth
      returning id, job, concurrency_keys, queued_at, event
    )
    insert into jobs.queue (run_id, job, step_id, due_at, concurrency_keys, owner, lease_until)
    select id, job, 'step', queued_at, concurrency_keys,
      case when first then gen_random_uuid() end,
      case when first then now() + interval '1 day' end
    from (select made.*, row_number() over (partition by concurrency_keys order by id) = 1 as first
      from made) as all_made`;
  await sql`analyze`;
}
