import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { decisions, queueClass } from "@/lib/db/schema/repricing";

/** A change that waits, and its place among all that waits with its login, from 1. */
export type Queued = { id: string; storeId: string; login: string; nth: number };

/** Those of these decisions that wait to be sent by a store that sends. */
export async function queuedAmong(tx: Tx, ids: readonly string[]): Promise<Queued[]> {
  const asked = sql`select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json)`;
  const rows = await tx.execute<Queued>(sql`
    with queue as (
      select d.id, d.store_id, a.login, (row_number() over (partition by a.login
        order by ${queueClass}, d.turn_at, d.seq))::int as nth
      from ${decisions} d join ${stores} s on s.id = d.store_id
        join ${kaspiAccounts} a on a.id = s.account_id
      where d.state = 'pending' and s.is_active and not s.official_only and s.archived_at is null
        and s.sending_stopped_at is null and a.login in (select its.login
          from ${decisions} mine join ${stores} one on one.id = mine.store_id
          join ${kaspiAccounts} its on its.id = one.account_id
          where mine.id in (${asked}))
    )
    select id, store_id as "storeId", login, nth from queue
    where id in (${asked})`);
  return [...rows];
}
