import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, money } from "./columns";
import { stores } from "./kaspi";
import { products } from "./products";

/** A chase on a card in a city: we and one rival undercut each other in turns. */
export const priceWars = pgTable(
  "price_wars",
  {
    id: id(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    cityId: text("city_id").notNull(),
    /** The merchant it is fought with. */
    rivalId: text("rival_id").notNull(),
    /** The first cut of the chase, and the last so far. */
    startedAt: instant("started_at").notNull(),
    lastCutAt: instant("last_cut_at").notNull(),
    lastCutBy: text("last_cut_by", { enum: ["us", "rival"] }).notNull(),
    /** How often we have answered a cut of the rival's. */
    rounds: integer("rounds").notNull(),
    /** Our price before the first cut and after the last one: what a unit brings less is their difference. */
    priceBefore: money("price_before").notNull(),
    price: money("price").notNull(),
    rivalPrice: money("rival_price").notNull(),
    endedAt: instant("ended_at"),

    // What a person has done about it, and how to take it back.
    answer: text("answer", { enum: ["match", "hold", "above", "night"] }),
    answeredAt: instant("answered_at"),
    answeredBy: uuid("answered_by"),
    ruleBefore: jsonb("rule_before"),
    ruleAfter: jsonb("rule_after"),
  },
  (table) => [
    uniqueIndex("price_wars_one_open")
      .on(table.productId, table.cityId)
      .where(sql`${table.endedAt} is null`),
    index("price_wars_open").on(table.storeId).where(sql`${table.endedAt} is null`),
    index("price_wars_product").on(table.productId, table.startedAt),
    index("price_wars_ended").on(table.endedAt),
  ],
);
