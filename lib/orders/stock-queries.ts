import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { productStocks } from "@/lib/db/schema/table-files";
import { lockProducts } from "@/lib/stores/priced-queries";
import { unsoldStatuses } from "./rules";

const isCancelled = sql`o.status = any(${sql.param(unsoldStatuses)}::text[])`;

/** What is weighed counts by whole pieces begun. */
export const pieces = ({ amount, quantity }: { amount: SQLWrapper; quantity: SQLWrapper }) =>
  sql<number>`ceil(coalesce(${amount}, ${quantity}))::int`;

/**
 * What a line is to have of the stock kept here. `all`: its pieces, if it has none yet. `other`: so many more or
 * fewer are ordered now. `none`: it is gone.
 */
export type Wanted =
  | { id: string; kind: "all" }
  | { id: string; kind: "other"; more: number }
  | { id: string; kind: "none" };

/**
 * Takes what these lines ordered off the count kept at their point, never below 0, and gives back what they do not
 * order any more: only of orders made after the count was set, which it cannot know of yet.
 */
export async function settleStock(tx: Tx, wanted: readonly Wanted[]): Promise<void> {
  const taking = wanted.filter(
    (one) => one.kind === "all" || (one.kind === "other" && one.more > 0),
  );
  const giving = wanted.filter(
    (one) => one.kind === "none" || (one.kind === "other" && one.more < 0),
  );
  if (giving.length > 0) await give(tx, fewerOf(giving));
  if (taking.length > 0) await take(tx, taking);
}

/** Said beside the join: the planner knows how many ids these are, but not how many rows a JSON has. */
const isAmong = (lines: readonly Wanted[]) =>
  sql`line.id = any(${sql.param(lines.map(({ id }) => id))}::uuid[])`;

async function take(tx: Tx, lines: readonly Wanted[]): Promise<void> {
  const wanted = sql`from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb) as said(id uuid, more integer)
    join ${orderEntries} line on line.id = said.id and ${isAmong(lines)}
      and (said.more is not null or line.stock_taken = 0)
    join ${orders} o on o.id = line.order_id and not ${isCancelled}
    join ${productStocks} kept on kept.product_id = line.product_id
      and kept.point_id = o.pickup_point_id and kept.set_at < o.ordered_at`;
  const found = await tx.execute(sql`select line.id ${wanted} limit 1`);
  if (found.length === 0) return;
  await lockProducts(tx, sql`${products.id} in (select line.product_id ${wanted})`);
  const many = sql`coalesce(said.more, ${pieces({ amount: sql`line.amount`, quantity: sql`line.quantity` })})`;
  // Several lines may want the last pieces: who comes first by number gets them.
  await tx.execute(sql`
    with wanted as (
      select line.id, kept.product_id, kept.point_id, kept.count, ${many} as pieces,
        coalesce(sum(${many}) over (partition by kept.product_id, kept.point_id
          order by o.ordered_at, o.code, line.nth rows between unbounded preceding and 1 preceding), 0) as sooner
      ${wanted}
    ), taken as (
      select id, product_id, point_id,
        greatest(least(pieces, count - sooner), 0)::int as pieces from wanted
    ), noted as (
      update ${orderEntries} line set stock_taken = line.stock_taken + taken.pieces from taken
      where line.id = taken.id and taken.pieces > 0
    )
    update ${productStocks} kept set count = kept.count - taken.pieces
    from (select product_id, point_id, sum(pieces)::int as pieces from taken group by 1, 2) taken
    where kept.product_id = taken.product_id and kept.point_id = taken.point_id`);
}

/** Lines with what they keep: a line that got less than it ordered gives back nothing it never had. */
const fewerOf = (lines: readonly Wanted[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb) as said(id uuid, kind text)
    join ${orderEntries} line on line.id = said.id and ${isAmong(lines)}
    cross join lateral (select case when said.kind = 'none' then 0
      else least(line.stock_taken, ${pieces({ amount: sql`line.amount`, quantity: sql`line.quantity` })}) end as left) keeps`;

/** Gives back, once, what was taken for these orders if they are cancelled by now. */
export async function giveStockBack(tx: Tx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await give(
    tx,
    sql`${orders} cancelled join ${orderEntries} line on line.order_id = cancelled.id
      and cancelled.id = any(${sql.param([...orderIds])}::uuid[])
      and cancelled.status = any(${sql.param(unsoldStatuses)}::text[])
      cross join (select 0 as left) keeps`,
  );
}

/** A count that was set anew since the order was made knows already, and stays. */
async function give(tx: Tx, lines: SQL): Promise<void> {
  const owed = sql`from ${lines} join ${orders} o on o.id = line.order_id
    where line.stock_taken > keeps.left`;
  const found = await tx.execute(sql`select line.id ${owed} limit 1`);
  if (found.length === 0) return;
  await lockProducts(tx, sql`${products.id} in (select line.product_id ${owed})`);
  await tx.execute(sql`
    with owed as (
      select line.id, line.product_id, keeps.left, line.stock_taken - keeps.left as back,
        o.pickup_point_id, o.ordered_at ${owed}
    ), noted as (
      update ${orderEntries} line set stock_taken = owed.left from owed where line.id = owed.id
    )
    update ${productStocks} kept set count = kept.count + back.pieces
    from (select known.product_id, known.point_id, sum(owed.back)::int as pieces
      from owed join ${productStocks} known on known.product_id = owed.product_id
        and known.point_id = owed.pickup_point_id and known.set_at < owed.ordered_at
      group by 1, 2) back
    where kept.product_id = back.product_id and kept.point_id = back.point_id`);
}
