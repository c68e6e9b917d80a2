import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import type { KaspiOrder } from "@/lib/kaspi/order";
import { giveStockBack } from "./stock-queries";

/** Keeps the lines of saved orders; what is not among them any more is gone. Answers those not known before. */
export async function saveEntries(
  tx: Tx,
  storeId: string,
  {
    said: read,
    saved,
  }: { said: readonly KaspiOrder[]; saved: readonly { id: string; code: string }[] },
  now: Date,
): Promise<string[]> {
  const idOf = new Map(saved.map(({ code, id }) => [code, id]));
  const lines = read.flatMap(({ code, entries }) => {
    const orderId = idOf.get(code);
    return orderId === undefined || entries === null
      ? []
      : entries.map((entry) => ({ ...entry, orderId, name: entry.name ?? entry.sku ?? "—" }));
  });
  if (lines.length === 0) return [];
  const kept = JSON.stringify(lines);
  const at = sql`${now.toISOString()}::timestamptz`;
  const touched = await tx.execute<{ id: string; orderId: string; isNew: boolean }>(sql`
    insert into ${orderEntries} as line (order_id, store_id, nth, sku, name, card_id, category_code,
      category_title, quantity, unit_price, total_price, delivery_cost, weight)
    select "orderId", ${storeId}::uuid, nth, sku, name, "cardId", "categoryCode", "categoryTitle",
      quantity, "unitPrice", "totalPrice", "deliveryCost", weight
    from (${linesIn(kept)}) said order by "orderId", nth
    on conflict (order_id, nth) do update set sku = coalesce(excluded.sku, line.sku),
      name = case when excluded.name = '—' then line.name else excluded.name end,
      card_id = coalesce(excluded.card_id, line.card_id),
      category_code = coalesce(excluded.category_code, line.category_code),
      category_title = coalesce(excluded.category_title, line.category_title),
      quantity = excluded.quantity, unit_price = excluded.unit_price,
      total_price = excluded.total_price,
      delivery_cost = coalesce(excluded.delivery_cost, line.delivery_cost),
      weight = coalesce(excluded.weight, line.weight)
    where (line.quantity, line.unit_price, line.total_price) is distinct from
        (excluded.quantity, excluded.unit_price, excluded.total_price)
      or (line.sku, line.card_id, line.category_code, line.category_title, line.delivery_cost, line.weight)
        is distinct from (coalesce(excluded.sku, line.sku), coalesce(excluded.card_id, line.card_id),
          coalesce(excluded.category_code, line.category_code),
          coalesce(excluded.category_title, line.category_title),
          coalesce(excluded.delivery_cost, line.delivery_cost), coalesce(excluded.weight, line.weight))
      or (excluded.name <> '—' and excluded.name <> line.name)
    returning line.id, line.order_id as "orderId", xmax = 0 as "isNew"`);
  const orderIds = [...new Set(lines.map(({ orderId }) => orderId))];
  await giveStockBack(tx, orderIds, kept);
  const left = await tx.execute<{ orderId: string }>(sql`
    delete from ${orderEntries} line where line.order_id = any(${sql.param(orderIds)}::uuid[])
      and not exists (select from (${linesIn(kept)}) said
        where said."orderId" = line.order_id and said.nth = line.nth)
    returning line.order_id as "orderId"`);
  const changed = [...touched, ...left].map(({ orderId }) => orderId);
  await tx.execute(sql`update ${orders} set has_entries = true,
      changed_at = case when id = any(${sql.param(changed)}::uuid[]) then ${at} else changed_at end
    where id = any(${sql.param(orderIds)}::uuid[])
      and (not has_entries or id = any(${sql.param(changed)}::uuid[]))`);
  return touched.filter(({ isNew }) => isNew).map(({ id }) => id);
}

const linesIn = (kept: string) =>
  sql`select * from jsonb_to_recordset(${kept}::text::jsonb) as said("orderId" uuid, nth integer,
    sku text, name text, "cardId" text, "categoryCode" text, "categoryTitle" text, quantity numeric,
    "unitPrice" integer, "totalPrice" integer, "deliveryCost" integer, weight numeric)`;
