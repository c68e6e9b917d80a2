import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import type { OrderCursor, OrderFilter } from "./address";
import { behind, isSaid } from "./behind-queries";
import type { OrderTab } from "./model";
import { inSight, type OrderRow, orderRows } from "./shown-queries";

const like = (text: string) => text.replace(/[\\%_]/g, "\\$&");

function meant(q: string): SQL | undefined {
  if (!q) return undefined;
  if (/^\d{5,}$/.test(q))
    return sql`(o.code like ${`${like(q)}%`} or exists (select from ${orderEntries} line
      where line.order_id = o.id and (line.sku like ${`${like(q)}%`} or line.card_id = ${q})))`;
  const words = `%${like(q)}%`;
  return sql`(o.buyer_name ilike ${words} or exists (select from ${orderEntries} line
    where line.order_id = o.id and (line.sku ilike ${words} or line.name ilike ${words})))`;
}

/** Days are those of the zone. */
function chosen({ q, tab, city, from, to, ...rest }: OrderFilter, timeZone: string): SQL {
  const dayAt = (day: string, days: number) =>
    sql`((${day}::date + ${days}::int)::timestamp at time zone ${timeZone})`;
  const conditions = [
    tab === "all" ? undefined : sql`o.tab = ${tab}`,
    city && /^\d+$/.test(city)
      ? sql`o.city_id = ${city}`
      : isSaid(sql`coalesce(o.city_id, o.city_name)`, city),
    from ? sql`o.ordered_at >= ${dayAt(from, 0)}` : undefined,
    to ? sql`o.ordered_at < ${dayAt(to, 1)}` : undefined,
    meant(q),
    ...behind(rest),
  ];
  return sql.join(conditions.filter((one) => one !== undefined).map((one) => sql` and ${one}`));
}

export type OrdersWanted = {
  filter: OrderFilter;
  timeZone: string;
  before?: OrderCursor | undefined;
  limit: number;
};

/**
 * The newest orders, each store's taken from its own part of the index and merged; on from the last row, never
 * by number.
 */
export async function ordersPage(
  tx: Tx,
  caller: Caller,
  { filter, timeZone, before, limit }: OrdersWanted,
): Promise<{ rows: OrderRow[]; hasMore: boolean }> {
  const after = before
    ? sql` and (o.ordered_at, o.id) < (${before.orderedAt.toISOString()}::timestamptz, ${before.id}::uuid)`
    : sql``;
  const found = await tx.execute<{ id: string }>(sql`
    select newest.id from ${stores} cross join lateral (
      select o.id, o.ordered_at from ${orders} o where o.store_id = ${stores.id}
        ${chosen(filter, timeZone)}${after}
      order by o.ordered_at desc, o.id desc limit ${limit + 1}
    ) newest where ${inSight(caller, filter.store)}
    order by newest.ordered_at desc, newest.id desc limit ${limit + 1}`);
  const ids = found.slice(0, limit).map(({ id }) => id);
  const rows = await orderRows(tx, caller)
    .where(and(inSight(caller), sql`${orders.id} = any(${sql.param(ids)}::uuid[])`))
    .orderBy(sql`${orders.orderedAt} desc`, sql`${orders.id} desc`);
  return { rows, hasMore: found.length > limit };
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
      .where(and(inSight(caller, store), ne(orders.tab, "archive")))
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

/** The cities orders leave from, of the stores' points: what the list can be narrowed to. */
export async function orderCities(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
): Promise<{ id: string; name: string }[]> {
  return tx
    .selectDistinct({ id: pickupPoints.cityId, name: pickupPoints.cityName })
    .from(pickupPoints)
    .innerJoin(stores, eq(stores.id, pickupPoints.storeId))
    .where(inSight(caller, store))
    .orderBy(pickupPoints.cityName, pickupPoints.cityId);
}
