import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { shopPaces } from "@/lib/db/schema/orders";
import { workspace } from "@/lib/db/schema/workspace";

/** Who a call is counted for: the token it is made with, and the exit it leaves by. */
export type Paced = { token: string; exit: string };

/** The next free call of both (protocol I); all processes share their paces. */
export async function takeCall(tx: Tx, { token, exit }: Paced, now: Date): Promise<Date> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await tx.execute<{ at: string }>(sql`
    with gaps as (
      select ${exit}::text as who, make_interval(secs => 1 / ${workspace.shopCallsPerExit}) as gap from ${workspace}
      union all
      select ${token}, make_interval(secs => 1 / ${workspace.shopCallsPerSecond}) from ${workspace}
    ), taken as (
      insert into ${shopPaces} as pace (who, next_call_at)
      select who, ${at} + gap from gaps order by who
      on conflict (who) do update set next_call_at = greatest(pace.next_call_at, ${at})
        + (select gap from gaps where gaps.who = excluded.who)
      returning who, next_call_at
    )
    select max(taken.next_call_at - gaps.gap) as at from taken join gaps using (who)`);
  return row ? new Date(row.at) : now;
}

/** Kaspi wants the token's calls to stay away until then. */
export async function postponeCalls(tx: Tx, token: string, until: Date): Promise<void> {
  const at = until.toISOString();
  await tx.execute(sql`insert into ${shopPaces} as pace (who, next_call_at) values (${token}, ${at})
    on conflict (who) do update set next_call_at = greatest(pace.next_call_at, excluded.next_call_at)`);
}
