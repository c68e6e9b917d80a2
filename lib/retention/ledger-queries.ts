import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions, ledgerCheckpoints, ledgerHeads } from "@/lib/db/schema/repricing";
import type { Forget } from "./queries";

/**
 * The oldest decisions of a ledger, up to the first that is younger or not yet at its end; whoever verifies
 * the ledger goes on from the last of them, which is written down with it.
 */
export const forgetDecisions: Forget = (tx, before, limit) =>
  tx.transaction(async (inner) => {
    const storeId = await ledgerToPrune(inner, before);
    return storeId === null ? 0 : pruneLedger(inner, storeId, before, limit);
  });

/** Of an archived store nobody reads a price back any more: it need not come to its end. */
const isYoungOrOpen = (before: Date) => sql`(d.decided_at >= ${before.toISOString()}::timestamptz
  or d.state in ('pending', 'sending', 'sent', 'frozen', 'held')
    and not exists (select from ${stores} s where s.id = d.store_id and s.archived_at is not null))`;

/** A store whose ledger begins with a decision that may go. */
async function ledgerToPrune(tx: Tx, before: Date): Promise<string | null> {
  const [row] = await tx.execute<{ store_id: string }>(sql`
    select h.store_id from ${ledgerHeads} h
    cross join lateral (select * from ${decisions} d where d.store_id = h.store_id
      order by d.seq limit 1) d
    where not ${isYoungOrOpen(before)} order by h.store_id limit 1`);
  return row?.store_id ?? null;
}

async function pruneLedger(tx: Tx, storeId: string, before: Date, limit: number): Promise<number> {
  const [cut] = await tx.execute<{ seq: string }>(sql`
    with oldest as (
      select d.seq, ${isYoungOrOpen(before)} as stays from ${decisions} d
      where d.store_id = ${storeId} order by d.seq limit ${limit}
    )
    select max(seq) as seq from oldest
    where seq < coalesce((select min(seq) from oldest where stays), 9223372036854775807)`);
  if (!cut) return 0;
  await tx.execute(sql`
    insert into ${ledgerCheckpoints} (store_id, seq, hash, moved_at)
    select store_id, seq, hash, now() from ${decisions}
    where store_id = ${storeId} and seq = ${cut.seq}
    on conflict (store_id) do update
      set seq = excluded.seq, hash = excluded.hash, moved_at = excluded.moved_at`);
  const gone = await tx.execute(sql`delete from ${decisions}
    where store_id = ${storeId} and seq <= ${cut.seq} returning 1`);
  return gone.length;
}
