import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { pickupPoints } from "@/lib/db/schema/kaspi";
import { orderStates, orders } from "@/lib/db/schema/orders";
import type { KaspiOrder } from "@/lib/kaspi/order";
import { saveEntries } from "./entry-queries";
import { type KnownOrder, merged } from "./merge-order";
import type { OrderSource } from "./model";
import { hasMoved } from "./rules";
import { giveStockBack } from "./stock-queries";

/** Where orders come from and when Kaspi was asked for them. */
export type Reading = {
  storeId: string;
  source: OrderSource;
  /** When the question left: what is known of later stands. */
  readAt: Date;
  /** Who caused a change that is seen now; `kaspi` unless a person did. */
  by?: string;
};

export type Stored = { created: number; changed: number };

/**
 * Keeps what Kaspi says of orders, with their lines, the states they were seen in, and the stock kept here:
 * nothing of an order that was read later already. The same again changes nothing. What a source leaves out stays
 * as it was (`merged`). Writers of a store take turns. What is read is not waited for until the disk has it: how far a
 * reading has come is, after it, and what a machine loses before that is read again.
 */
export async function storeOrders(
  db: Tx,
  reading: Reading,
  read: readonly KaspiOrder[],
  now: Date,
): Promise<Stored> {
  const said = [...new Map(read.map((order) => [order.code, order])).values()];
  if (said.length === 0) return { created: 0, changed: 0 };
  return db.transaction(async (tx) => {
    const unhurried = reading.by ? sql`` : sql`, set_config('synchronous_commit', 'off', true)`;
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('orders'), hashtext(${reading.storeId}))${unhurried}`,
    );
    const before = await knownOf(tx, reading.storeId, said);
    const saved = await saveOrders(tx, reading, { read: said, known: before }, now);
    const known = saved.filter(({ code }) => before.has(code)).map(({ id }) => id);
    await saveEntries(tx, reading.storeId, { said, saved, known }, now);
    await noteStates(tx, reading, { saved, before }, now);
    await giveStockBack(tx, known);
    const created = saved.filter((one) => !before.has(one.code)).length;
    return { created, changed: saved.filter((one) => one.hasChanged).length - created };
  });
}

type State = Parameters<typeof hasMoved>[0];

async function knownOf(tx: Tx, storeId: string, said: readonly KaspiOrder[]) {
  const codes = said.map(({ code }) => code);
  const rows = await tx
    .select()
    .from(orders)
    .where(
      and(eq(orders.storeId, storeId), sql`${orders.code} = any(${sql.param(codes)}::text[])`),
    );
  return new Map<string, KnownOrder>(rows.map((row) => [row.code, row as KnownOrder]));
}

/** Columns by what the JSON calls them. */
const columns = [
  ["kaspi_id", "kaspiId", "text"],
  ["state", "state", "text"],
  ["status", "status", "text"],
  ["tab", "tab", "text"],
  ["ordered_at", "orderedAt", "timestamptz"],
  ["total_price", "totalPrice", "integer"],
  ["delivery_mode", "deliveryMode", "text"],
  ["is_kaspi_delivery", "isKaspiDelivery", "boolean"],
  ["express", "express", "boolean"],
  ["payment_mode", "paymentMode", "text"],
  ["delivery_cost", "deliveryCost", "integer"],
  ["seller_delivery_cost", "sellerDeliveryCost", "integer"],
  ["pickup_point_id", "pickupPointId", "text"],
  ["city_id", "cityId", "text"],
  ["city_name", "cityName", "text"],
  ["pre_order", "preOrder", "boolean"],
  ["signature_required", "signatureRequired", "boolean"],
  ["assembled", "assembled", "boolean"],
  ["cancellation_reason", "cancellationReason", "text"],
  ["planned_at", "plannedAt", "timestamptz"],
  ["handover_by", "handoverBy", "timestamptz"],
  ["handed_over_at", "handedOverAt", "timestamptz"],
  ["waybill_url", "waybillUrl", "text"],
  ["buyer_name", "buyerName", "text"],
] as const;

const list = (parts: readonly string[]) => sql.raw(parts.join(", "));
const named = columns.map(([column]) => column);
const said = columns.map(([, name, type]) => `"${name}" ${type}`);
const chosen = columns.map(([, name]) => `said."${name}"`);
/** A point tells its city where Kaspi does not. */
const given = chosen.map((name) =>
  name === 'said."cityId"' || name === 'said."cityName"'
    ? `coalesce(${name}, point.${name === 'said."cityId"' ? "city_id" : "city_name"})`
    : name,
);
const set = columns.map(([column]) => `${column} = excluded.${column}`);
const isOther = sql`(${list(named.map((name) => `orders.${name}`))})
  is distinct from (${list(named.map((name) => `excluded.${name}`))})`;

type Saved = State & { id: string; code: string; hasChanged: boolean };

/**
 * Inserts or updates; those that were read later already are not among the answer, nor are archived ones that are
 * as they were: a year of them is not written again.
 */
async function saveOrders(
  tx: Tx,
  { storeId, source, readAt }: Reading,
  { read, known }: { read: readonly KaspiOrder[]; known: ReadonlyMap<string, KnownOrder> },
  now: Date,
): Promise<Saved[]> {
  const rows = read.map(({ entries, ...order }) => ({
    ...merged(order, known.get(order.code)),
    hasEntries: entries !== null,
  }));
  const at = sql`${now.toISOString()}::timestamptz`;
  const asked = sql`${readAt.toISOString()}::timestamptz`;
  return tx.execute<Saved>(sql`
    insert into ${orders} as orders (store_id, code, source, read_at, changed_at, has_entries,
      ${list(named)})
    select ${storeId}::uuid, said.code, ${source}, ${asked}, ${at}, said."hasEntries", ${list(given)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as said(code text, "hasEntries" boolean, ${list(said)})
    left join ${pickupPoints} point
      on point.store_id = ${storeId}::uuid and point.point_id = said."pickupPointId"
    order by said.code
    on conflict (store_id, code) do update set ${list(set)}, source = excluded.source,
      read_at = excluded.read_at, has_entries = orders.has_entries or excluded.has_entries,
      unsure_since = case when orders.unsure_since > excluded.read_at then orders.unsure_since end,
      left_at = null,
      changed_at = case when ${isOther} then excluded.changed_at else orders.changed_at end
    where orders.read_at <= excluded.read_at and (orders.tab <> 'archive'
      or orders.unsure_since is not null or orders.has_entries < excluded.has_entries
      or orders.left_at is not null or ${isOther})
    returning id, code, state, status, tab, source, changed_at = ${at} as "hasChanged"`);
}

/** One row each time the order has moved to another state or status. */
async function noteStates(
  tx: Tx,
  { by = "kaspi" }: Reading,
  { saved, before }: { saved: readonly Saved[]; before: ReadonlyMap<string, State> },
  now: Date,
): Promise<void> {
  const moved = saved.filter((order) => {
    const was = before.get(order.code);
    return was === undefined || hasMoved(was, order);
  });
  if (moved.length === 0) return;
  await tx.execute(sql`insert into ${orderStates} (order_id, nth, at, state, status, by)
    select id, coalesce((select max(nth) from ${orderStates} known where known.order_id = said.id), 0) + 1,
      ${now.toISOString()}::timestamptz, state, status, ${by}
    from jsonb_to_recordset(${JSON.stringify(moved)}::text::jsonb) as said(id uuid, state text, status text)`);
}
