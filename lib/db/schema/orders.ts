import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, money } from "./columns";
import { stores } from "./kaspi";
import { products } from "./products";

/** What buyers ordered, as Kaspi last said. Never a phone, nor what one could be made of. */
export const orders = pgTable(
  "orders",
  {
    id: id(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    /** The number that sellers and buyers know. */
    code: text("code").notNull(),
    /** The official API's own id; null: it was never read there. */
    kaspiId: text("kaspi_id"),
    /** Kaspi's word for where it stands. The cabinet's words are longer than the official API's. */
    state: text("state").notNull(),
    /** Kaspi's word for what became of it: not the same as the state. The cabinet's words are shorter. */
    status: text("status").notNull(),
    /** The tab of Kaspi's cabinet that it is in by these two; see `tabOf`. */
    tab: text("tab", {
      enum: [
        "new",
        "sign",
        "pickup",
        "delivery",
        "preorder",
        "packing",
        "handover",
        "transmitted",
        "returning",
        "archive",
        "other",
      ],
    }).notNull(),
    /** Kaspi's creation date. */
    orderedAt: instant("ordered_at").notNull(),
    totalPrice: money("total_price").notNull(),
    deliveryMode: text("delivery_mode"),
    /** Null: no source has ever said. */
    isKaspiDelivery: boolean("is_kaspi_delivery"),
    express: boolean("express").notNull(),
    paymentMode: text("payment_mode"),
    /** What the buyer pays for delivery; null: unknown. */
    deliveryCost: money("delivery_cost"),
    /** What the seller pays for it; null: unknown. */
    sellerDeliveryCost: money("seller_delivery_cost"),
    /** Kaspi's full id of the point, `30067228_PP1`. */
    pickupPointId: text("pickup_point_id"),
    /** Where it leaves from, as far as Kaspi says. */
    cityId: text("city_id"),
    cityName: text("city_name"),
    preOrder: boolean("pre_order").notNull(),
    signatureRequired: boolean("signature_required").notNull(),
    assembled: boolean("assembled"),
    cancellationReason: text("cancellation_reason"),
    /** When the buyer is to have it. */
    plannedAt: instant("planned_at"),
    /** When the courier is to take it. */
    handoverBy: instant("handover_by"),
    handedOverAt: instant("handed_over_at"),
    waybillUrl: text("waybill_url"),
    /** As the source shows it. */
    buyerName: text("buyer_name"),
    source: text("source", { enum: ["shop_api", "cabinet", "cabinet_legacy"] }).notNull(),
    /** When Kaspi said so: an answer that was asked for earlier never overwrites it. */
    readAt: instant("read_at").notNull(),
    /** When anything kept of it last changed, by our clock. */
    changedAt: instant("changed_at").notNull(),
    hasEntries: boolean("has_entries").notNull().default(false),
    /** When Kaspi was last asked for its lines by themselves, in vain. */
    entriesAskedAt: instant("entries_asked_at"),
    /** It was in no tab any more then, and Kaspi does not say what became of it; null: Kaspi knows it. */
    leftAt: instant("left_at"),
    /** A change was sent to Kaspi since then and nobody knows whether it arrived. */
    unsureSince: instant("unsure_since"),
  },
  (table) => [
    uniqueIndex("orders_store_code").on(table.storeId, table.code),
    index("orders_store_time").on(table.storeId, table.orderedAt, table.id),
    index("orders_store_tab").on(table.storeId, table.tab, table.orderedAt, table.id),
    index("orders_store_changed").on(table.storeId, table.changedAt),
    index("orders_city").on(table.storeId, table.cityId, table.cityName),
    index("orders_open").on(table.storeId, table.readAt).where(sql`${table.tab} <> 'archive'`),
    index("orders_no_entries")
      .on(table.storeId, table.entriesAskedAt)
      .where(sql`not ${table.hasEntries}`),
  ],
);

/** The lines of an order. */
export const orderEntries = pgTable(
  "order_entries",
  {
    id: id(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id, { onDelete: "cascade" }),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    /** Kaspi's number of the line, from 0. */
    nth: integer("nth").notNull(),
    /** The official API's own id of the line; null: it was never read there. */
    entryId: text("entry_id"),
    /** The seller's article; null: the source does not say. */
    sku: text("sku"),
    name: text("name").notNull(),
    /** By the article, else by the card if one product of the store alone has it. */
    productId: uuid("product_id").references(() => products.id, { onDelete: "set null" }),
    cardId: text("card_id"),
    categoryCode: text("category_code"),
    categoryTitle: text("category_title"),
    /** As Kaspi says it: pieces even of goods that are weighed, where it counts them. */
    quantity: numeric("quantity", { precision: 12, scale: 3, mode: "number" }).notNull(),
    /** Kaspi's word: PIECES, MEASURABLE, MEASURABLE_PIECES; null: the source does not say. */
    unitType: text("unit_type"),
    unitPrice: money("unit_price").notNull(),
    totalPrice: money("total_price").notNull(),
    deliveryCost: money("delivery_cost"),
    /** Grams. */
    weight: numeric("weight", { precision: 14, scale: 3, mode: "number" }),
    /**
     * What costs and stock are counted with: pieces, or kilograms of what is weighed where they make the sum; null:
     * nobody can tell.
     */
    amount: numeric("amount", { precision: 14, scale: 3, mode: "number" }).generatedAlwaysAs(
      sql`case when unit_type is null or unit_type not like 'MEASURABLE%' then quantity
        when weight > 0 then case when abs(unit_price * weight / 1000 - total_price) <= 1 then weight / 1000 end
        when abs(unit_price * quantity - total_price) <= 1 then quantity end`,
    ),
    /** So many were taken off the count kept here, to be given back once if it is cancelled. */
    stockTaken: integer("stock_taken").notNull().default(0),
  },
  (table) => [
    uniqueIndex("order_entries_nth").on(table.orderId, table.nth),
    index("order_entries_product").on(table.productId),
    index("order_entries_sku").on(table.storeId, table.sku.op("text_pattern_ops")),
    index("order_entries_unlinked").on(table.storeId).where(sql`${table.productId} is null`),
  ],
);

/** The states an order was seen in, one after another. */
export const orderStates = pgTable(
  "order_states",
  {
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id, { onDelete: "cascade" }),
    nth: integer("nth").notNull(),
    /** When we saw it, not when it came to be. */
    at: instant("at").notNull(),
    state: text("state").notNull(),
    status: text("status").notNull(),
    /** `kaspi`, or the id of the person who asked for it here; null: nobody knows. */
    by: text("by"),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.nth] })],
);

/** How far the orders of a store were read, so that a job that was killed goes on and nothing is left out. */
export const orderReads = pgTable(
  "order_reads",
  {
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    source: text("source", { enum: ["shop_api", "cabinet"] }).notNull(),
    /** How many days before the first reading are read as well. */
    historyDays: integer("history_days").notNull().default(365),
    /** All orders made in between are read, the second moment left out; null: none yet. */
    readFrom: instant("read_from"),
    readTo: instant("read_to"),
    /** Returns come late: old orders were all read again then. */
    lateReadAt: instant("late_read_at"),
    /** That is under way, and has gone back to here. */
    lateFrom: instant("late_from"),
    nextReadAt: instant("next_read_at").notNull(),
    /** A reading began then and has not come to an end; null: none is under way. */
    begunAt: instant("begun_at"),
    /** The cabinet refuses its present form: the one it had before is read. */
    isLegacy: boolean("is_legacy").notNull().default(false),
    /** A sum over the products that the lines without one were last looked for among. */
    linkedAmong: text("linked_among"),
    lastWholeAt: instant("last_whole_at"),
    lastErrorAt: instant("last_error_at"),
    /** Key of the translated error, `errors.<key>`; null: the last reading went well. */
    lastError: text("last_error"),
    /** Orders of the last reading of the cabinet that were not got or could not be understood. */
    unreadable: integer("unreadable").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.source] }),
    index("order_reads_due").on(table.nextReadAt),
  ],
);

/** Stretches of time of which not all orders were got from the official API: they are asked for once a day. */
export const orderGaps = pgTable(
  "order_gaps",
  {
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    /** Orders made from then until just before the second moment. */
    from: instant("from_at").notNull(),
    until: instant("until_at").notNull(),
    /** How many of them are not here. */
    orders: integer("orders").notNull(),
    askedAt: instant("asked_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.from] })],
);

/** When the next call of the official API is free, of a token and of an exit; all processes share these. */
export const shopPaces = pgTable("shop_paces", {
  /** `token:<hash>` or `exit:<id>`. */
  who: text("who").primaryKey(),
  nextCallAt: instant("next_call_at").notNull(),
});
