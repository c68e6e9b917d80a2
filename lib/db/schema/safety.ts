import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, money } from "./columns";
import { stores } from "./kaspi";
import { products } from "./products";
import { pricingRuns } from "./repricing";

const storeId = () =>
  uuid("store_id")
    .notNull()
    .references(() => stores.id, { onDelete: "cascade" });
const productId = () =>
  uuid("product_id")
    .notNull()
    .references(() => products.id, { onDelete: "cascade" });

/** Changes of a store that wait for a person: too many fell too far, or the ones sent first have failed. */
export const priceHolds = pgTable(
  "price_holds",
  {
    id: id(),
    storeId: storeId(),
    kind: text("kind", { enum: ["breaker", "canary"] }).notNull(),
    /** What has met the breaker's limit. */
    scope: text("scope", { enum: ["run", "hour"] }),
    /** The run with which it began. */
    runId: uuid("run_id"),
    /** Of a canary: the change of rules that was being tried out. */
    wideChangeId: uuid("wide_change_id"),
    changes: integer("changes").notNull().default(0),
    drops: integer("drops").notNull().default(0),
    at: instant("at").notNull(),
    /** `lifted`: the last of its changes was no longer wanted. */
    answer: text("answer", { enum: ["released", "rejected", "lifted"] }),
    answeredAt: instant("answered_at"),
    answeredBy: uuid("answered_by"),
  },
  (table) => [
    uniqueIndex("price_holds_one_open")
      .on(table.storeId, table.kind)
      .where(sql`${table.answer} is null`),
  ],
);

/** A rule that was changed for many products at once. While one is open, a few prices go first. */
export const wideChanges = pgTable(
  "wide_changes",
  {
    id: id(),
    storeId: storeId(),
    what: text("what", { enum: ["store_rule", "bulk", "tariffs", "costs"] }).notNull(),
    /** What is done in several transactions adds up under one subject. */
    subject: text("subject").notNull(),
    products: integer("products").notNull(),
    changedBy: uuid("changed_by"),
    at: instant("at").notNull(),
    /** `few`: too few products to be tried out first. */
    state: text("state", { enum: ["few", "open", "failed", "passed", "replaced"] }).notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("wide_changes_one_open")
      .on(table.storeId)
      .where(sql`${table.state} in ('open', 'failed')`),
    index("wide_changes_subject").on(table.storeId, table.what, table.subject),
  ],
);

/** What a person has answered about a price of a product in a city, until it is carried out or void. */
export const priceAnswers = pgTable(
  "price_answers",
  {
    productId: productId(),
    cityId: text("city_id").notNull(),
    /** A change may go as far as an agreed price; one that goes as far as a refused one is not sent. */
    answer: text("answer", { enum: ["agreed", "refused"] }).notNull(),
    price: money("price").notNull(),
    /** The price it was to be a change of. */
    priceBefore: money("price_before"),
    answeredBy: uuid("answered_by").notNull(),
    until: instant("until").notNull(),
  },
  (table) => [primaryKey({ columns: [table.productId, table.cityId] })],
);

/** A decision that an undo was asked to put back: what became of it, or why it was left alone. */
export const undoItems = pgTable(
  "undo_items",
  {
    /** The undo's own run. */
    runId: uuid("run_id")
      .notNull()
      .references(() => pricingRuns.id, { onDelete: "cascade" }),
    /** The decision that is put back. */
    undoneId: uuid("undone_id").notNull(),
    productId: productId(),
    cityId: text("city_id").notNull(),
    outcome: text("outcome", { enum: ["back", "withdrawn", "skipped"] }).notNull(),
    why: text("why"),
    /** The decision that puts it back. */
    decisionId: uuid("decision_id"),
    /** Whether the bot was free before, and is to be again when this is undone. */
    hasLocked: boolean("has_locked").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.undoneId] }),
    index("undo_items_product").on(table.productId),
  ],
);
