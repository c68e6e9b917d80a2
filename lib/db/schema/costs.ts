import { sql } from "drizzle-orm";
import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, money } from "./columns";
import { stores } from "./kaspi";
import { products } from "./products";

/** What a product costs its seller, every version of it; the one without `superseded_at` counts. */
export const productCosts = pgTable(
  "product_costs",
  {
    id: id(),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    /** Null is "not set", here and below: what is not set comes from the usual expenses, never as zero. */
    cost: money("cost"),
    packaging: money("packaging"),
    other: money("other"),
    /** What cancellations and returns are expected to cost, ₸ for each unit sold. */
    returns: money("returns"),
    weightGrams: integer("weight_grams"),
    delivery: text("delivery", { enum: ["city", "country", "express", "none"] }),
    minProfit: money("min_profit"),
    /** Hundredths of a percent of the price. */
    minMargin: integer("min_margin"),
    setAt: instant("set_at").notNull(),
    /** Null: the system itself. */
    setBy: uuid("set_by"),
    source: text("source", { enum: ["page", "import", "api"] }).notNull(),
    supersededAt: instant("superseded_at"),
  },
  (table) => [
    uniqueIndex("product_costs_current")
      .on(table.productId)
      .where(sql`${table.supersededAt} is null`),
    index("product_costs_product").on(table.productId, table.setAt),
  ],
);

/** Commissions, delivery, taxes and usual expenses, each from a day on. None of them is in the code. */
export const tariffs = pgTable(
  "tariffs",
  {
    id: id(),
    /** Null: of the whole installation. A store's own go before those. */
    storeId: uuid("store_id").references(() => stores.id, { onDelete: "cascade" }),
    kind: text("kind", {
      enum: ["commission", "kaspi_pay", "tax", "delivery", "usual"],
    }).notNull(),
    /** Kaspi's category, of commissions only; empty for all that have none of their own. */
    category: text("category").notNull().default(""),
    /** A day of the workspace's zone. */
    validFrom: date("valid_from", { mode: "string" }).notNull(),
    /** `TariffValue` of the kind. */
    value: jsonb("value").notNull(),
    /** Where the figures are from, in the words of who entered them. */
    source: text("source"),
    setAt: instant("set_at").notNull(),
    setBy: uuid("set_by"),
  },
  (table) => [
    unique("tariffs_one_a_day")
      .on(table.storeId, table.kind, table.category, table.validFrom)
      .nullsNotDistinct(),
  ],
);
