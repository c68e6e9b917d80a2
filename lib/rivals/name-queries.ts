import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { merchants } from "@/lib/db/schema/repricing";
import type { SellerNames } from "./list-model";

/** What Kaspi calls these sellers; only what is new or has changed is written, in the order of ids. */
export async function nameMerchants(tx: Tx, names: ReadonlyMap<string, string>): Promise<void> {
  if (names.size === 0) return;
  const rows = [...names].map(([id, name]) => ({ id, name }));
  await tx.execute(sql`
    insert into ${merchants} (id, name)
    select seen.id, seen.name
    from json_to_recordset(${JSON.stringify(rows)}::json) as seen(id text, name text)
    left join ${merchants} known on known.id = seen.id
    where known.name is distinct from seen.name
    order by seen.id
    on conflict (id) do update set name = excluded.name`);
}

/** The names of these sellers, as far as they were ever seen. */
export async function merchantNames(tx: Tx, ids: readonly string[]): Promise<SellerNames> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(merchants)
    .where(sql`${merchants.id} = any(${sql.param([...ids])}::text[])`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
