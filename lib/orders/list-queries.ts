import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { orderEntries, orderReads, orderStates, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { users } from "@/lib/db/schema/workspace";
import type { OrderCursor, OrderFilter } from "./address";
import type { OrderTab } from "./model";

/** A line of an order as it is shown. */
export type ShownEntry = {
  nth: number;
  sku: string | null;
  name: string;
  productId: string | null;
  imageUrl: string | null;
  quantity: number;
  unitPrice: number;
  totalPrice: number;
};

const entries = sql<ShownEntry[]>`(select coalesce(jsonb_agg(jsonb_build_object('nth', line.nth,
    'sku', line.sku, 'name', line.name, 'productId', line.product_id, 'imageUrl', known.image_url,
    'quantity', line.quantity, 'unitPrice', line.unit_price, 'totalPrice', line.total_price)
    order by line.nth), '[]')
  from ${orderEntries} line left join ${products} known on known.id = line.product_id
  where line.order_id = ${orders}.id)`;

const pointLabel = sql<string | null>`(select point.label from ${pickupPoints} point
  where point.store_id = ${orders}.store_id and point.point_id = ${orders}.pickup_point_id)`;

const columns = (caller: Caller) => ({
  id: orders.id,
  storeId: orders.storeId,
  storeName: stores.name,
  merchantId: stores.merchantId,
  code: orders.code,
  state: orders.state,
  status: orders.status,
  tab: orders.tab,
  orderedAt: orders.orderedAt,
  totalPrice: orders.totalPrice,
  deliveryMode: orders.deliveryMode,
  isKaspiDelivery: orders.isKaspiDelivery,
  express: orders.express,
  paymentMode: orders.paymentMode,
  deliveryCost: orders.deliveryCost,
  sellerDeliveryCost: orders.sellerDeliveryCost,
  pickupPointId: orders.pickupPointId,
  pointLabel,
  cityName: orders.cityName,
  preOrder: orders.preOrder,
  signatureRequired: orders.signatureRequired,
  cancellationReason: orders.cancellationReason,
  plannedAt: orders.plannedAt,
  handoverBy: orders.handoverBy,
  handedOverAt: orders.handedOverAt,
  waybillUrl: orders.waybillUrl,
  buyerName: orders.buyerName,
  source: orders.source,
  readAt: orders.readAt,
  unsureSince: orders.unsureSince,
  hasToken: sql<boolean>`${stores.apiToken} is not null`,
  entries,
  mayChange: isPermitted(caller, "change_order"),
});

/** Orders with their stores and lines: whoever asks narrows them to what the caller may see. */
const orderRows = (tx: Tx, caller: Caller) =>
  tx.select(columns(caller)).from(orders).innerJoin(stores, eq(stores.id, orders.storeId));

export type OrderRow = Awaited<ReturnType<typeof orderRows>>[number];

/** Those of open stores that the caller may see. Needs `stores`. */
const inSight = (caller: Caller, store?: string) =>
  and(
    mayRead(caller, "view_order"),
    isNull(stores.archivedAt),
    store ? eq(stores.id, store) : undefined,
  );

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
function chosen({ q, tab, city, from, to }: OrderFilter, timeZone: string): SQL {
  const dayAt = (day: string, days: number) =>
    sql`((${day}::date + ${days}::int)::timestamp at time zone ${timeZone})`;
  const conditions = [
    tab === "all" ? undefined : sql`o.tab = ${tab}`,
    city ? sql`o.city_id = ${city}` : undefined,
    from ? sql`o.ordered_at >= ${dayAt(from, 0)}` : undefined,
    to ? sql`o.ordered_at < ${dayAt(to, 1)}` : undefined,
    meant(q),
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

/** One the caller may see. Throws `not_found`. */
export async function findOrder(tx: Tx, caller: Caller, id: string): Promise<OrderRow> {
  const [row] = await orderRows(tx, caller).where(and(inSight(caller), eq(orders.id, id)));
  if (!row) throw new AppError("not_found", "order_not_found");
  return row;
}

/** The states an order in sight was seen in, the last one first. `person`: who asked for it here. */
export async function stateHistory(tx: Tx, caller: Caller, orderId: string) {
  return tx
    .select({
      nth: orderStates.nth,
      at: orderStates.at,
      state: orderStates.state,
      status: orderStates.status,
      person: users.name,
    })
    .from(orderStates)
    .innerJoin(orders, eq(orders.id, orderStates.orderId))
    .innerJoin(stores, eq(stores.id, orders.storeId))
    .leftJoin(users, sql`${users.id}::text = ${orderStates.by}`)
    .where(and(inSight(caller), eq(orderStates.orderId, orderId)))
    .orderBy(sql`${orderStates.nth} desc`);
}

/** How the orders of a store come, and how far they were read. */
export type ReadState = {
  id: string;
  name: string;
  hasToken: boolean;
  lastWholeAt: Date | null;
  lastError: string | null;
  mayChange: boolean;
};

export async function readStates(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
): Promise<ReadState[]> {
  return tx
    .select({
      id: stores.id,
      name: stores.name,
      hasToken: sql<boolean>`${stores.apiToken} is not null`,
      lastWholeAt: orderReads.lastWholeAt,
      lastError: orderReads.lastError,
      mayChange: isPermitted(caller, "change_order"),
    })
    .from(stores)
    .leftJoin(
      orderReads,
      and(
        eq(orderReads.storeId, stores.id),
        sql`${orderReads.source} = case when ${stores.apiToken} is null then 'cabinet' else 'shop_api' end`,
      ),
    )
    .where(inSight(caller, store))
    .orderBy(stores.name, stores.id);
}
