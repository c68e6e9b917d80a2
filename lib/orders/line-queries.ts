import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries } from "@/lib/db/schema/orders";
import type { OrderEntry } from "@/lib/kaspi/order";
import { productOf } from "./link-queries";
import { pieces } from "./stock-queries";

/** A line with the id it has here; null: it is new. */
export type WrittenLine = OrderEntry & { id: string | null; orderId: string; name: string };

const known = [
  "entry_id",
  "sku",
  "card_id",
  "category_code",
  "category_title",
  "unit_type",
  "delivery_cost",
  "weight",
].map((name) => ({ name, value: `coalesce(excluded.${name}, line.${name})` }));
/** The cabinet gives the price of a line only: what the official API said of one stands while the line does. */
const unitPrice = `case when excluded.entry_id is null
  and (line.quantity, line.total_price) = (excluded.quantity, excluded.total_price)
  then line.unit_price else excluded.unit_price end`;
const values = [
  ...known,
  { name: "nth", value: "excluded.nth" },
  { name: "name", value: "case when excluded.name = '—' then line.name else excluded.name end" },
  { name: "product_id", value: "coalesce(line.product_id, excluded.product_id)" },
  { name: "quantity", value: "excluded.quantity" },
  { name: "unit_price", value: unitPrice },
  { name: "total_price", value: "excluded.total_price" },
];
const set = sql.raw(values.map(({ name, value }) => `${name} = ${value}`).join(", "));
const isOther = sql.raw(
  `(${values.map(({ name }) => `line.${name}`).join(", ")}) is distinct from
   (${values.map(({ value }) => value).join(", ")})`,
);

/**
 * Writes lines, each with its product at once; `linkEntries` looks again for those that found none. Answers those
 * that are new or other than they were, with the pieces they are counted as.
 */
export function writeLines(tx: Tx, storeId: string, lines: readonly WrittenLine[]) {
  return tx.execute<{
    id: string;
    orderId: string;
    productId: string | null;
    pieces: number;
  }>(sql`
    insert into ${orderEntries} as line (id, order_id, store_id, nth, entry_id, sku, name, product_id,
      card_id, category_code, category_title, quantity, unit_type, unit_price, total_price,
      delivery_cost, weight)
    select coalesce(said.id, gen_random_uuid()), "orderId", ${storeId}::uuid, nth, "entryId", said.sku,
      case when said.name in ('—', said.sku) then coalesce(found.name, said.name) else said.name end,
      found.id, coalesce("cardId", found.card_id), "categoryCode", "categoryTitle", quantity, "unitType",
      "unitPrice", "totalPrice", "deliveryCost", weight
    from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb) as said(id uuid, "orderId" uuid,
      nth integer, "entryId" text, sku text, name text, "cardId" text, "categoryCode" text,
      "categoryTitle" text, quantity numeric, "unitType" text, "unitPrice" integer,
      "totalPrice" integer, "deliveryCost" integer, weight numeric)
    left join lateral (${productOf(sql`${storeId}::uuid`, sql`said.sku`, sql`said."cardId"`)}) found on true
    order by "orderId", nth
    on conflict (id) do update set ${set} where ${isOther}
    returning line.id, line.order_id as "orderId", line.product_id as "productId",
      ${pieces({ amount: sql`line.amount`, quantity: sql`line.quantity` })} as pieces`);
}
