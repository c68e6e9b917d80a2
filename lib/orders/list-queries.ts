import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { orders } from "@/lib/db/schema/orders";
import type { OrderCursor, OrderFilter } from "./address";
import { behind, isSaid } from "./behind-queries";
import type { OrderTab } from "./model";
import { sought } from "./search-queries";
import { inSight, type OrderRow, orderRows } from "./shown-queries";

/** Days are those of the zone. */
function chosen({ tab, city, from, to, ...rest }: OrderFilter, timeZone: string): SQL {
  const dayAt = (day: string, days: number) =>
    sql`((${day}::date + ${days}::int)::timestamp at time zone ${timeZone})`;
  const conditions = [
    // What has left Kaspi's tabs stands in none of them.
    tab === "all" ? undefined : sql`o.tab = ${tab} and o.left_at is null`,
    city && /^\d+$/.test(city)
      ? sql`o.city_id = ${city}`
      : isSaid(sql`coalesce(o.city_id, o.city_name)`, city),
    from ? sql`o.ordered_at >= ${dayAt(from, 0)}` : undefined,
    to ? sql`o.ordered_at < ${dayAt(to, 1)}` : undefined,
    ...behind(rest),
  ];
  return sql.join(conditions.filter((one) => one !== undefined).map((one) => sql` and ${one}`));
}

export type OrdersWanted = {
  filter: OrderFilter;
  timeZone: string;
  before?: OrderCursor | undefined;
  limit: number;
  now: Date;
};

/**
 * The newest orders, each store's taken from its own part of the index and merged; on from the last row, never
 * by number. `isBounded`: words were looked for in the last days only.
 */
export async function ordersPage(
  tx: Tx,
  caller: Caller,
  { filter, timeZone, before, limit, now }: OrdersWanted,
): Promise<{ rows: OrderRow[]; hasMore: boolean; isBounded: boolean }> {
  const { condition, isBounded } = await sought(tx, caller, filter, now);
  const isMeant = condition ? sql` and ${condition}` : sql``;
  const after = before
    ? sql` and (o.ordered_at, o.id) < (${before.orderedAt.toISOString()}::timestamptz, ${before.id}::uuid)`
    : sql``;
  const found = await tx.execute<{ id: string }>(sql`
    select newest.id from ${stores} cross join lateral (
      select o.id, o.ordered_at from ${orders} o where o.store_id = ${stores.id}
        ${chosen(filter, timeZone)}${isMeant}${after}
      order by o.ordered_at desc, o.id desc limit ${limit + 1}
    ) newest where ${inSight(caller, filter.store)}
    order by newest.ordered_at desc, newest.id desc limit ${limit + 1}`);
  const ids = found.slice(0, limit).map(({ id }) => id);
  const rows = await orderRows(tx, caller)
    .where(and(inSight(caller), sql`${orders.id} = any(${sql.param(ids)}::uuid[])`))
    .orderBy(sql`${orders.orderedAt} desc`, sql`${orders.id} desc`);
  return { rows, hasMore: found.length > limit, isBounded };
}

/** How many orders stand in each tab; of the archive only whether there is any. */
export async function tabCounts(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
): Promise<{ open: ReadonlyMap<OrderTab, number>; hasAny: boolean }> {
  const [rows, [any]] = await Promise.all([
    tx
      .select({ tab: orders.tab, count: sql<number>`count(*)::int` })
      .from(orders)
      .innerJoin(stores, eq(stores.id, orders.storeId))
      .where(and(inSight(caller, store), ne(orders.tab, "archive"), isNull(orders.leftAt)))
      .groupBy(orders.tab),
    tx
      .select({
        hasAny: sql<boolean>`exists (select from ${orders} o where o.store_id = stores.id)`,
      })
      .from(stores)
      .where(inSight(caller, store))
      .orderBy(sql`1 desc`)
      .limit(1),
  ]);
  return {
    open: new Map(rows.map(({ tab, count }) => [tab, count])),
    hasAny: any?.hasAny ?? false,
  };
}

/** The cities orders leave from, each found by one step through their index, and those of the stores' points. */
export async function orderCities(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
): Promise<{ id: string; name: string }[]> {
  const first = (after: SQL) => sql`(select o.city_id, o.city_name from ${orders} o
    where o.store_id = ${stores.id} and ${after} order by o.city_id, o.city_name limit 1)`;
  return tx.execute<{ id: string; name: string }>(sql`
    with met as (
      select city.city_id as id, city.city_name as name from ${stores} cross join lateral (
        with recursive next as (
          ${first(sql`o.city_id is not null`)}
          union all
          select more.* from next cross join lateral ${first(sql`o.city_id > next.city_id`)} more
        ) select * from next
      ) city where ${inSight(caller, store)}
      union all
      select point.city_id, point.city_name from ${pickupPoints} point
        join ${stores} on ${stores.id} = point.store_id where ${inSight(caller, store)}
    )
    select id, coalesce(min(name), id) as name from met group by id order by 2, 1`);
}
