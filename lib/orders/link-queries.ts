import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { settleStock } from "./stock-queries";

/** The product of a line: by the seller's article, else by the card if one product of the store alone has it. */
export const productOf = (storeId: SQL, sku: SQL, cardId: SQL): SQL =>
  sql`select p.id, p.name, p.card_id from ${products} p where p.id = coalesce(
    (select own.id from ${products} own where own.store_id = ${storeId} and own.sku = ${sku}),
    (select (array_agg(one.id))[1] from ${products} one
      where one.store_id = ${storeId} and one.card_id = ${cardId} having count(*) = 1))`;

/** The same as long as no product has come, gone or changed its card; of other goods another. */
export async function goodsOf(tx: Tx, storeId: string): Promise<string> {
  const [row] = await tx.execute<{ sum: string }>(sql`
    select count(*) || ':' || coalesce(sum(hashtextextended(p.sku || chr(10) || coalesce(p.card_id, ''), 0)), 0) as sum
    from ${products} p where p.store_id = ${storeId}::uuid`);
  return row?.sum ?? "";
}

/**
 * Finds the products of a store's lines that have none yet, and takes what they ordered off the stock kept here.
 * Answers how many found theirs. What the product knows of its card the line learns.
 */
export async function linkEntries(tx: Tx, storeId: string, now: Date): Promise<number> {
  const linked = await tx.execute<{ id: string; orderId: string }>(sql`
    update ${orderEntries} line set product_id = met.id, card_id = coalesce(line.card_id, met.card_id),
      name = case when line.name in ('—', line.sku) then met.name else line.name end
    from (
      select alone.id as line_id, found.* from ${orderEntries} alone
      cross join lateral (${productOf(sql`alone.store_id`, sql`alone.sku`, sql`alone.card_id`)}) found
      where alone.product_id is null and alone.store_id = ${storeId}::uuid
    ) met
    where line.id = met.line_id
    returning line.id, line.order_id as "orderId"`);
  await settleStock(
    tx,
    linked.map(({ id }) => ({ id, kind: "all" })),
  );
  if (linked.length > 0)
    await tx.execute(sql`update ${orders} set changed_at = ${now.toISOString()}::timestamptz
      where id = any(${sql.param(linked.map(({ orderId }) => orderId))}::uuid[])`);
  return linked.length;
}
