import { inArray, sql } from "drizzle-orm";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { priceHolds } from "@/lib/db/schema/safety";
import { lockedDecisions } from "@/lib/repricing/ledger/ledger-queries";
import { isEmptied } from "./hold-queries";

/** Nobody looks after it: of a shop that works a question is asked anew each week. */
const LONGEST_WAIT_MS = 30 * DAY;

/** Why what waits has nothing to wait for any more; null: it goes on waiting. */
const whyVoid = (now: Date) => sql<string | null>`(select case
    when ${decisions.state} <> 'pending' and p.gone_at is not null then 'gone'
    when ${decisions.state} <> 'pending' and not p.bot_enabled then 'bot_off'
    when ${decisions.state} <> 'pending' and c.is_priced is not true then 'other_city'
    when ${decisions.decidedAt} < ${later(now, -LONGEST_WAIT_MS).toISOString()}::timestamptz
      then case ${decisions.state} when 'pending' then 'unsent_too_long' else 'unanswered' end end
  from ${products} p left join ${productCities} c
    on c.product_id = p.id and c.city_id = ${decisions.cityId}
  where p.id = ${decisions.productId})`;

const isVoid = (now: Date) =>
  sql`${decisions.state} in ('pending', 'frozen', 'held') and ${whyVoid(now)} is not null`;

/** Stores in whose ledger something waits for nothing, or that have a hold in which nothing waits any more. */
export async function storesWithVoid(tx: Tx, now: Date): Promise<string[]> {
  const emptied = tx.select({ id: priceHolds.storeId }).from(priceHolds).where(isEmptied);
  const rows = await tx
    .select({ id: decisions.storeId })
    .from(decisions)
    .where(isVoid(now))
    .union(emptied);
  return rows.map(({ id }) => id).sort();
}

/** Ends what waits for nothing, and says why. Call it with the ledger locked. Returns how many. */
export async function expireVoid(tx: Tx, storeId: string, now: Date): Promise<number> {
  const ofStore = sql`${decisions.storeId} = ${storeId} and ${isVoid(now)}`;
  const expired = await tx
    .update(decisions)
    .set({ state: "expired", stateReason: whyVoid(now), stateParams: {}, notBefore: null })
    .where(inArray(decisions.id, lockedDecisions(tx, ofStore)))
    .returning({ id: decisions.id });
  return expired.length;
}
