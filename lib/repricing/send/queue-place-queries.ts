import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions, queueClass } from "@/lib/db/schema/repricing";

/** A change that waits, and its place among all that waits with its login, from 1. */
export type Queued = { id: string; storeId: string; accountId: string; nth: number };

/** Those of these decisions that wait to be sent by a store that sends. */
export async function queuedAmong(tx: Tx, ids: readonly string[]): Promise<Queued[]> {
  const asked = sql`select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json)`;
  const rows = await tx.execute<Queued>(sql`
    with queue as (
      select d.id, d.store_id, s.account_id, (row_number() over (partition by s.account_id
        order by ${queueClass}, d.turn_at, d.seq))::int as nth
      from ${decisions} d join ${stores} s on s.id = d.store_id
      where d.state = 'pending' and s.is_active and not s.official_only and s.archived_at is null
        and s.sending_stopped_at is null and s.account_id in (select one.account_id
          from ${decisions} mine join ${stores} one on one.id = mine.store_id
          where mine.id in (${asked}))
    )
    select id, store_id as "storeId", account_id as "accountId", nth from queue
    where id in (${asked})`);
  return [...rows];
}
