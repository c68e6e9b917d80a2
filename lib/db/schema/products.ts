import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Tenge } from "@/lib/core/money";
import { createdAt, id, instant, money } from "./columns";
import { stores } from "./kaspi";

/** What Kaspi shows of an offer at a pickup point. */
export type ShownPoint = {
  /** With the merchant in front: `30067228_PP1`. */
  id: string;
  available: boolean;
  /** Pieces left; null where Kaspi does not count. */
  count: number | null;
  /** Days until the goods reach it; null when they are there. */
  leadDays: number | null;
};

export const products = pgTable(
  "products",
  {
    id: id(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    /** The seller's article: writes prices. */
    sku: text("sku").notNull(),
    /** Kaspi's public card: reads the market. Null: not linked to a card. */
    cardId: text("card_id"),
    offerId: text("offer_id"),
    name: text("name").notNull(),
    brand: text("brand"),
    category: text("category"),
    /** The seller's name of the goods as Kaspi has it, which a price list must repeat; null: Kaspi gives none. */
    model: text("model"),
    /** What each pickup point has of it, as Kaspi last showed; null: Kaspi names none. */
    points: jsonb("points").$type<ShownPoint[]>(),
    imageUrl: text("image_url"),
    shopPath: text("shop_path"),
    /** What Kaspi last showed for the leading city. */
    price: money("price"),
    /** The seller's prices by city, as Kaspi last showed them; null: one price holds everywhere. */
    cityPrices: jsonb("city_prices").$type<Record<string, Tenge>>(),
    /** Of the cities it is priced in, the one it is shown by: the store's main one, else its first. */
    leadCityId: text("lead_city_id"),
    stock: integer("stock"),
    onSale: boolean("on_sale").notNull(),
    /** Missing from a complete walk of the list. Nothing is deleted. */
    goneAt: instant("gone_at"),
    /** Taken out of the office by a person; it is back when a sync meets it. */
    removedAt: instant("removed_at"),

    // From here on: what the seller set. A sync never touches it.
    botEnabled: boolean("bot_enabled").notNull().default(false),
    floor: money("floor"),
    ceiling: money("ceiling"),
    /** The price when the bot was last switched on or set by hand: the ceiling when none is typed. */
    anchor: money("anchor"),
    /** A price set by hand that the bot must not change. */
    manualLock: boolean("manual_lock").notNull().default(false),
    /** `RuleOverride`: what differs from the store's rule. */
    rule: jsonb("rule").notNull().default({}),
    /** What it costs its seller now, as `product_costs` has it: here, rows are filtered and sorted by it. */
    cost: money("cost"),
    /** That with packaging and other expenses of one unit, ₸; null: one of them is not set. */
    costInFull: money("cost_in_full"),
    /** The lowest price that earns what its costs and the tariffs ask for; null: cannot be computed. */
    costFloor: money("cost_floor"),
    /** Prices above it that earn less again, first and last of each stretch: a dearer delivery band begins there. */
    costGaps: jsonb("cost_gaps")
      .$type<(readonly [from: Tenge, to: Tenge])[]>()
      .notNull()
      .default([]),
    /** When these three are to be computed anew: a tariff changes then, or something has changed already. */
    costFloorUntil: instant("cost_floor_until"),
    /** The cities it is priced in; null: those of the store. */
    pricedCities: text("priced_cities").array(),
    /** The seller's own words about it. */
    note: text("note"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("products_store_sku").on(table.storeId, table.sku),
    index("products_store_name").on(table.storeId, table.name, table.id),
    index("products_name").on(table.name, table.id),
    index("products_store_price").on(table.storeId, table.price.asc().nullsFirst(), table.id),
    index("products_price").on(table.price.asc().nullsFirst(), table.id),
    index("products_card").on(table.cardId),
    index("products_cost_floor_due").on(table.costFloorUntil),
    index("products_bot").on(table.storeId).where(sql`${table.botEnabled}`),
  ],
);

/** A product in a city it is priced in: its market now, and when it is looked at next. The due queue. */
export const productCities = pgTable(
  "product_cities",
  {
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    cityId: text("city_id").notNull(),
    /** Whether it is priced here now; kept by `priced_cities()` alone. */
    isPriced: boolean("is_priced").notNull().default(false),
    /** What Kaspi last showed here. */
    price: money("price"),

    // What the seller set for this city; null and {} are the product's.
    floor: money("floor"),
    ceiling: money("ceiling"),
    rule: jsonb("rule").notNull().default({}),
    /** The leading city's anchor and lock are the product's; any other has its own. */
    anchor: money("anchor"),
    manualLock: boolean("manual_lock").notNull().default(false),

    place: integer("place"),
    /** The place before the last change of it. */
    placeBefore: integer("place_before"),
    placesTotal: integer("places_total"),
    rivalsCount: integer("rivals_count"),
    bestRivalPrice: money("best_rival_price"),
    /** Who else sold it when the market was last seen, and for how much: two lists of one length. */
    rivalIds: text("rival_ids").array().notNull().default(sql`'{}'`),
    rivalPrices: integer("rival_prices").array().notNull().default(sql`'{}'`),
    observationId: uuid("observation_id"),
    /** The last successful look at the market. */
    observedAt: instant("observed_at"),
    lastCheckedAt: instant("last_checked_at"),
    nextCheckAt: instant("next_check_at").notNull(),
    /** When the place last changed: contested while recent. */
    placeChangedAt: instant("place_changed_at"),
    failures: integer("failures").notNull().default(0),
    lastDecisionId: uuid("last_decision_id"),
    /** The last decision's reason, here so that 50,000 rows are filtered without their decisions. */
    lastReason: text("last_reason"),
  },
  (table) => [
    primaryKey({ columns: [table.productId, table.cityId] }),
    index("product_cities_reason").on(table.storeId, table.lastReason),
    index("product_cities_due")
      .on(table.storeId, table.nextCheckAt, table.productId)
      .where(sql`${table.isPriced}`),
  ],
);
