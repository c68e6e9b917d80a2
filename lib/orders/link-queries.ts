import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";

/** The lines of these orders, or of a store, as the scope of `linkEntries`. */
export const ofOrders = (ids: readonly string[]): SQL =>
  sql`line.order_id = any(${sql.param(ids)}::uuid[])`;
export const ofStore = (storeId: string): SQL => sql`line.store_id = ${storeId}::uuid`;

/**
 * Finds the products of lines that have none: by the seller's article, else by the card if one product of the
 * store alone has it. Answers how many lines found theirs. What the product knows of its card the line learns.
 */
export async function linkEntries(tx: Tx, scope: SQL, now: Date): Promise<number> {
  const linked = await tx.execute<{ orderId: string }>(sql`
    update ${orderEntries} line set product_id = found.id, card_id = coalesce(line.card_id, found.card_id),
      name = case when line.name in ('—', line.sku) then found.name else line.name end
    from (
      select line.id as line_id, coalesce(own.id, alone.id) as product_id
      from ${orderEntries} line
      left join ${products} own on own.store_id = line.store_id and own.sku = line.sku
      left join lateral (select (array_agg(p.id))[1] as id from ${products} p
        where own.id is null and p.store_id = line.store_id and p.card_id = line.card_id
        having count(*) = 1) alone on true
      where line.product_id is null and ${scope}
    ) met join ${products} found on found.id = met.product_id
    where line.id = met.line_id
    returning line.order_id as "orderId"`);
  if (linked.length > 0)
    await tx.execute(sql`update ${orders} set changed_at = ${now.toISOString()}::timestamptz
      where id = any(${sql.param(linked.map(({ orderId }) => orderId))}::uuid[])`);
  return linked.length;
}
