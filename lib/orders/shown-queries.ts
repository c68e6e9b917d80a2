import { and, eq, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { orderEntries, orderStates, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { users } from "@/lib/db/schema/workspace";

/** A line of an order as it is shown. */
export type ShownEntry = {
  nth: number;
  sku: string | null;
  name: string;
  productId: string | null;
  imageUrl: string | null;
  quantity: number;
  /** Kilograms of what is weighed, where they are known. */
  kilograms: number | null;
  unitPrice: number;
  totalPrice: number;
};

const entries = sql<ShownEntry[]>`(select coalesce(jsonb_agg(jsonb_build_object('nth', line.nth,
    'sku', line.sku, 'name', line.name, 'productId', line.product_id, 'imageUrl', known.image_url,
    'quantity', line.quantity, 'kilograms', case when line.unit_type like 'MEASURABLE%' then line.amount end, 'unitPrice', line.unit_price, 'totalPrice', line.total_price)
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
  leftAt: orders.leftAt,
  hasToken: sql<boolean>`${stores.apiToken} is not null`,
  entries,
  mayChange: isPermitted(caller, "change_order"),
});

/** Orders with their stores and lines: whoever asks narrows them to what the caller may see. */
export const orderRows = (tx: Tx, caller: Caller) =>
  tx.select(columns(caller)).from(orders).innerJoin(stores, eq(stores.id, orders.storeId));

export type OrderRow = Awaited<ReturnType<typeof orderRows>>[number];

/** Those of open stores that the caller may see. Needs `stores`. */
export const inSight = (caller: Caller, store?: string) =>
  and(
    mayRead(caller, "view_order"),
    isNull(stores.archivedAt),
    store ? eq(stores.id, store) : undefined,
  );

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
