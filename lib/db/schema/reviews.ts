import {
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, instant } from "./columns";
import { users } from "./workspace";

/** A list of reviews that Kaspi shows: below a card, or about a shop. Public, so nobody's in particular. */
export const reviewSources = pgTable(
  "review_sources",
  {
    id: id(),
    kind: text("kind", { enum: ["card", "shop"] }).notNull(),
    /** The card's number, or the merchant's. */
    code: text("code").notNull(),
    name: text("name"),
    /** What Kaspi says of all of them, read or not: the mean, the count, and how many of each star, one first. */
    rating: doublePrecision("rating"),
    total: integer("total"),
    stars: integer("stars").array(),
    /** How many walks over it have begun, and which was the last that came to its end; 0: none. */
    walks: integer("walks").notNull().default(0),
    settledWalk: integer("settled_walk").notNull().default(0),
    /** Whether all there are have been read. */
    isWhole: boolean("is_whole").notNull().default(false),
    /** When a walk last went to the end, whatever was known, and how many it might read; 0: none. */
    wholeWalkAt: instant("whole_walk_at"),
    settledBound: integer("settled_bound").notNull().default(0),
    /** How many more Kaspi counted than were kept when it was settled. */
    settledGap: integer("settled_gap"),
    /** So many rows a page: fewer where Kaspi has refused more. */
    perPage: integer("per_page").notNull().default(200),
    /** Who walks the list now, and until when they are waited for. */
    walkedBy: text("walked_by"),
    walkingUntil: instant("walking_until"),
    lastReadAt: instant("last_read_at"),
    nextReadAt: instant("next_read_at"),
    /** In a row, and the key of the last one, `errors.<key>`. */
    failures: integer("failures").notNull().default(0),
    errorKey: text("error_key"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("review_sources_code").on(table.kind, table.code),
    index("review_sources_due").on(table.nextReadAt),
  ],
);

export type StoredPicture = { small: string; large: string };

export const reviews = pgTable(
  "reviews",
  {
    sourceId: uuid("source_id")
      .notNull()
      .references(() => reviewSources.id, { onDelete: "cascade" }),
    /** Kaspi's, 32 hex digits as a rule. */
    id: text("id").notNull(),
    cardId: text("card_id"),
    cardName: text("card_name"),
    /** Who sold it; null: Kaspi does not say. */
    merchantId: text("merchant_id"),
    merchantName: text("merchant_name"),
    author: text("author"),
    /** The day, without a time or a zone; null when Kaspi wrote something else, kept in `odd_day`. */
    reviewedOn: date("reviewed_on", { mode: "string" }),
    oddDay: text("odd_day"),
    rating: smallint("rating"),
    text: text("text"),
    plus: text("plus"),
    minus: text("minus"),
    pictures: jsonb("pictures").$type<StoredPicture[]>().notNull().default([]),
    firstSeenAt: instant("first_seen_at").notNull(),
    /** The walk in which it was first met, and the page where it was last met. */
    walk: integer("walk").notNull(),
    lastWalk: integer("last_walk").notNull(),
    lastPage: integer("last_page").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.id] }),
    index("reviews_day").on(table.sourceId, table.reviewedOn.desc().nullsLast(), table.id),
    index("reviews_card").on(
      table.sourceId,
      table.cardId,
      table.reviewedOn.desc().nullsLast(),
      table.id,
    ),
  ],
);

/** Which card a person has asked about. */
export const reviewWatches = pgTable(
  "review_watches",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sourceId: uuid("source_id")
      .notNull()
      .references(() => reviewSources.id, { onDelete: "cascade" }),
    askedAt: instant("asked_at").notNull(),
    /** Whether it is read again every day; else it was asked about once. */
    isWatched: boolean("is_watched").notNull().default(true),
    /** The last reading they have asked for, `runs.id`. */
    runId: uuid("run_id"),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.sourceId] }),
    index("review_watches_source").on(table.sourceId),
  ],
);
