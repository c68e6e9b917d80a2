import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import type { KaspiOrder } from "@/lib/kaspi/order";
import { productOf } from "./link-queries";
import { giveStockBack } from "./stock-queries";

type Saved = { id: string; code: string };
type Given = {
  said: readonly KaspiOrder[];
  saved: readonly Saved[];
  /** Those of them that were there before. */
  known: readonly string[];
};

/**
 * Keeps the lines of saved orders and finds their products; what is not among them any more is gone. Answers
 * those not known before.
 */
export async function saveEntries(
  tx: Tx,
  storeId: string,
  { said, saved, known }: Given,
  now: Date,
): Promise<string[]> {
  const lines = linesOf(said, saved);
  if (lines.length === 0) return [];
  const kept = JSON.stringify(lines);
  const touched = await writeLines(tx, storeId, kept);
  const before = new Set(known);
  const orderIds = lines.map(({ orderId }) => orderId).filter((id) => before.has(id));
  const left = orderIds.length > 0 ? await removeLeft(tx, orderIds, kept) : [];
  const changed = [...touched, ...left]
    .map(({ orderId }) => orderId)
    .filter((id) => before.has(id));
  if (changed.length > 0)
    await tx.execute(sql`update ${orders} set changed_at = ${now.toISOString()}::timestamptz
      where id = any(${sql.param(changed)}::uuid[])`);
  return touched.filter(({ isNew }) => isNew).map(({ id }) => id);
}

function linesOf(said: readonly KaspiOrder[], saved: readonly Saved[]) {
  const idOf = new Map(saved.map(({ code, id }) => [code, id]));
  return said.flatMap(({ code, entries }) => {
    const orderId = idOf.get(code);
    return orderId === undefined || entries === null
      ? []
      : entries.map((entry) => ({ ...entry, orderId, name: entry.name ?? entry.sku ?? "—" }));
  });
}

/** A line is given its product at once; `linkEntries` looks again for those that found none. */
function writeLines(tx: Tx, storeId: string, kept: string) {
  return tx.execute<{ id: string; orderId: string; isNew: boolean }>(sql`
    insert into ${orderEntries} as line (order_id, store_id, nth, sku, name, product_id, card_id,
      category_code, category_title, quantity, unit_price, total_price, delivery_cost, weight)
    select "orderId", ${storeId}::uuid, nth, said.sku,
      case when said.name in ('—', said.sku) then coalesce(found.name, said.name) else said.name end,
      found.id, coalesce("cardId", found.card_id), "categoryCode", "categoryTitle", quantity,
      "unitPrice", "totalPrice", "deliveryCost", weight
    from (${linesIn(kept)}) said
    left join lateral (${productOf(sql`${storeId}::uuid`, sql`said.sku`, sql`said."cardId"`)}) found on true
    order by "orderId", nth
    on conflict (order_id, nth) do update set sku = coalesce(excluded.sku, line.sku),
      name = case when excluded.name = '—' then line.name else excluded.name end,
      product_id = coalesce(line.product_id, excluded.product_id),
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
      or (line.product_id is null and excluded.product_id is not null)
      or (excluded.name <> '—' and excluded.name <> line.name)
    returning line.id, line.order_id as "orderId", xmax = 0 as "isNew"`);
}

/** Lines that Kaspi does not name any more; what was taken off the stock for them is given back. */
async function removeLeft(tx: Tx, orderIds: readonly string[], kept: string) {
  await giveStockBack(tx, orderIds, kept);
  return tx.execute<{ orderId: string }>(sql`
    delete from ${orderEntries} line where line.order_id = any(${sql.param(orderIds)}::uuid[])
      and not exists (select from (${linesIn(kept)}) said
        where said."orderId" = line.order_id and said.nth = line.nth)
    returning line.order_id as "orderId"`);
}

const linesIn = (kept: string) =>
  sql`select * from jsonb_to_recordset(${kept}::text::jsonb) as said("orderId" uuid, nth integer,
    sku text, name text, "cardId" text, "categoryCode" text, "categoryTitle" text, quantity numeric,
    "unitPrice" integer, "totalPrice" integer, "deliveryCost" integer, weight numeric)`;
