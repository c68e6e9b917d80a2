import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { productStocks } from "@/lib/db/schema/table-files";
import { lockProducts } from "@/lib/stores/priced-queries";
import { cancelledStatuses } from "./rules";

const isCancelled = sql`o.status = any(${sql.param(cancelledStatuses)}::text[])`;

/**
 * Takes what these new lines ordered off the count kept at their point, never below 0: only of orders made after
 * the count was set, which it cannot know of yet. What is weighed counts by whole pieces begun.
 */
export async function takeStock(tx: Tx, lineIds: readonly string[]): Promise<void> {
  if (lineIds.length === 0) return;
  const wanted = sql`from ${orderEntries} line
    join ${orders} o on o.id = line.order_id and not ${isCancelled}
    join ${productStocks} kept on kept.product_id = line.product_id
      and kept.point_id = o.pickup_point_id and kept.set_at < o.ordered_at
    where line.id = any(${sql.param(lineIds)}::uuid[]) and line.stock_taken = 0`;
  const found = await tx.execute(sql`select line.id ${wanted} limit 1`);
  if (found.length === 0) return;
  await lockProducts(tx, sql`${products.id} in (select line.product_id ${wanted})`);
  // Several lines may want the last pieces: who comes first by number gets them.
  await tx.execute(sql`
    with wanted as (
      select line.id, kept.product_id, kept.point_id, kept.count, ceil(line.quantity)::int as pieces,
        coalesce(sum(ceil(line.quantity)) over (partition by kept.product_id, kept.point_id
          order by o.ordered_at, o.code, line.nth rows between unbounded preceding and 1 preceding), 0) as sooner
      ${wanted}
    ), taken as (
      select id, product_id, point_id,
        greatest(least(pieces, count - sooner), 0)::int as pieces from wanted
    ), noted as (
      update ${orderEntries} line set stock_taken = taken.pieces from taken
      where line.id = taken.id and taken.pieces > 0
    )
    update ${productStocks} kept set count = kept.count - taken.pieces
    from (select product_id, point_id, sum(pieces)::int as pieces from taken group by 1, 2) taken
    where kept.product_id = taken.product_id and kept.point_id = taken.point_id`);
}

/**
 * Gives back, once, what was taken for orders that are cancelled by now; with `said`, for lines that are not in
 * it any more. A count that was set anew since the order was made knows already, and stays.
 */
export async function giveStockBack(
  tx: Tx,
  orderIds: readonly string[],
  said?: string,
): Promise<void> {
  if (orderIds.length === 0) return;
  const isOver =
    said === undefined
      ? isCancelled
      : sql`not exists (select from jsonb_to_recordset(${said}::text::jsonb)
          as said("orderId" uuid, nth integer) where said."orderId" = o.id and said.nth = line.nth)`;
  const owed = sql`from ${orderEntries} line join ${orders} o on o.id = line.order_id
    where o.id = any(${sql.param(orderIds)}::uuid[]) and line.stock_taken > 0 and ${isOver}`;
  const found = await tx.execute(sql`select line.id ${owed} limit 1`);
  if (found.length === 0) return;
  await lockProducts(tx, sql`${products.id} in (select line.product_id ${owed})`);
  await tx.execute(sql`
    with owed as (
      select line.id, line.product_id, line.stock_taken, o.pickup_point_id, o.ordered_at
      ${owed}
    ), noted as (
      update ${orderEntries} line set stock_taken = 0 from owed where line.id = owed.id
    )
    update ${productStocks} kept set count = kept.count + back.pieces
    from (select known.product_id, known.point_id, sum(owed.stock_taken)::int as pieces
      from owed join ${productStocks} known on known.product_id = owed.product_id
        and known.point_id = owed.pickup_point_id and known.set_at < owed.ordered_at
      group by 1, 2) back
    where kept.product_id = back.product_id and kept.point_id = back.point_id`);
}
