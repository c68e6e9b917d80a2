import { type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import type { OrderFilter } from "./address";
import { inSight } from "./shown-queries";

/** What is not an exact number or article is looked for among the orders of so many days. */
export const SEARCH_DAYS = 90;

/** A condition on `o`, an order of `stores`; `isBounded`: it holds for the last days only. */
export type Sought = { condition: SQL | undefined; isBounded: boolean };

/**
 * What a person looks for: an order's number or a whole article through their indexes, else words, in the days that
 * are chosen or in the last ones.
 */
export async function sought(
  tx: Tx,
  caller: Caller,
  filter: Pick<OrderFilter, "q" | "store" | "from" | "to">,
  now: Date,
): Promise<Sought> {
  const { q, store, from, to } = filter;
  if (!q) return { condition: undefined, isBounded: false };
  const [known] = await tx.execute<{ code: boolean; sku: boolean }>(sql`select
    exists (select from ${stores} join ${orders} o on o.store_id = ${stores.id} and o.code = ${q}
      where ${inSight(caller, store)}) as code,
    exists (select from ${stores} join ${orderEntries} line on line.store_id = ${stores.id}
      and ${hasArticle(q)} where ${inSight(caller, store)}) as sku`);
  if (known?.code) return { condition: sql`o.code = ${q}`, isBounded: false };
  if (known?.sku) {
    const lines = sql`select line.order_id from ${orderEntries} line
      where line.store_id = ${stores.id} and ${hasArticle(q)}`;
    return { condition: sql`o.id in (${lines})`, isBounded: false };
  }
  if (from) return { condition: hasWords(q), isBounded: false };
  const until = to ? sql`${to}::date` : sql`${now.toISOString()}::timestamptz`;
  const recent = sql`o.ordered_at >= ${until} - make_interval(days => ${SEARCH_DAYS})`;
  return { condition: sql`${recent} and ${hasWords(q)}`, isBounded: true };
}

/** A number is the beginning of an article, too: the cabinet's own begin with their card's. */
function hasArticle(q: string): SQL {
  if (!/^\d{5,}$/.test(q)) return sql`line.sku = ${q}`;
  const last = q.charCodeAt(q.length - 1);
  const after = q.slice(0, -1) + String.fromCharCode(last + 1);
  return sql`(line.sku ~>=~ ${q} and line.sku ~<~ ${after})`;
}

const like = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** `offset 0`: each order's lines are looked at through their index, never those of all orders first. */
function hasWords(q: string): SQL {
  if (/^\d{5,}$/.test(q))
    return sql`(o.code like ${`${like(q)}%`} or exists (select from ${orderEntries} line
      where line.order_id = o.id and line.card_id = ${q} offset 0))`;
  const words = `%${like(q)}%`;
  return sql`(o.buyer_name ilike ${words} or exists (select from ${orderEntries} line
    where line.order_id = o.id and (line.sku ilike ${words} or line.name ilike ${words}) offset 0))`;
}
