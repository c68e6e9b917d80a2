import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, sealed } from "./columns";
import { stores } from "./kaspi";
import { priceLists } from "./price-lists";

/** The address at which Kaspi fetches a store's price list. */
export const feeds = pgTable(
  "feeds",
  {
    storeId: uuid("store_id")
      .primaryKey()
      .references(() => stores.id, { onDelete: "cascade" }),
    isOn: boolean("is_on").notNull().default(false),
    /** The token of the address, to be shown again. */
    token: sealed("token").notNull(),
    tokenHash: text("token_hash").notNull(),
    /** SHA-256 of `login:password` for Basic auth; null: the address alone is enough. */
    basicHash: text("basic_hash"),
    turnedOnAt: instant("turned_on_at"),
    turnedOnBy: uuid("turned_on_by"),
    /** The version that is served. */
    listId: uuid("list_id").references(() => priceLists.id, { onDelete: "set null" }),
    /** When somebody last fetched it, or was told that it is unchanged. */
    lastPullAt: instant("last_pull_at"),
    /** When it last left whole. */
    fetchedAt: instant("fetched_at"),
    /** Nothing else of the store leaves between these: a list is made, or Kaspi works on one. */
    heldSince: instant("held_since"),
    heldUntil: instant("held_until"),
  },
  (table) => [uniqueIndex("feeds_token").on(table.tokenHash)],
);

/** Every time the address was asked, and what was served. */
export const feedPulls = pgTable(
  "feed_pulls",
  {
    id: id(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
    outcome: text("outcome", {
      enum: ["served", "unchanged", "not_ready", "unauthorized"],
    }).notNull(),
    /** Why nothing was served, `priceList.notReady.<why>`. */
    why: text("why"),
    /** The version's number and how many bytes left, as packed. */
    number: integer("number"),
    bytes: integer("bytes"),
    address: text("address"),
    agent: text("agent"),
  },
  (table) => [index("feed_pulls_store").on(table.storeId, table.at)],
);
