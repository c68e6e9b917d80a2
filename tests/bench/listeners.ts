import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";

/** So many people with an account in Telegram each. */
export async function seatListeners(
  db: Db,
  count: number,
): Promise<{ id: string; account: number }[]> {
  const rows = await db.execute<{ id: string; account: string }>(sql`
    with seated as (
      insert into users (email, name, password_hash, role)
      select 'p' || n || '@example.kz', 'p' || n, 'none', 'member' from generate_series(1, ${count}) n
      returning id, substr(name, 2)::int as n)
    insert into telegram_links (user_id, telegram_id, linked_at)
    select id, 700000000 + n, now() from seated returning user_id as id, telegram_id as account`);
  return rows.map(({ id, account }) => ({ id, account: Number(account) }));
}
