import {
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { stores } from "./kaspi";
import { runs } from "./workspace";

const packed = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A version of a store's full price list, as it was made; versions are never changed. */
export const priceLists = pgTable(
  "price_lists",
  {
    id: id(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    /** 1, 2, 3 … of its store. */
    number: integer("number").notNull(),
    madeAt: instant("made_at").notNull(),
    /** When it was last found to say what would be said now. */
    checkedAt: instant("checked_at").notNull(),
    /** Null: the system, for the feed. */
    madeBy: uuid("made_by"),
    why: text("why", { enum: ["feed", "person", "upload"] }).notNull(),
    offers: integer("offers").notNull(),
    /** Findings that keep it from leaving, and those that do not. */
    errors: integer("errors").notNull(),
    warnings: integer("warnings").notNull(),
    /** `ListFinding[]`: the first of them. */
    findings: jsonb("findings").notNull(),
    /** SHA-256 of the XML, the date in it left out. */
    hash: text("hash").notNull(),
    /** The XML, packed with gzip. */
    xml: packed("xml").notNull(),
    /** Of the XML unpacked. */
    bytes: integer("bytes").notNull(),
  },
  (table) => [uniqueIndex("price_lists_number").on(table.storeId, table.number)],
);

/** A price list sent to the cabinet as a file; its progress is the run of the same id. */
export const priceListUploads = pgTable(
  "price_list_uploads",
  {
    id: uuid("id")
      .primaryKey()
      .references(() => runs.id, { onDelete: "cascade" }),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    /** The version that was sent; one of the moment of sending. */
    listId: uuid("list_id").references(() => priceLists.id, { onDelete: "set null" }),
    userId: uuid("user_id"),
    state: text("state", {
      enum: ["waiting", "making", "sending", "processing", "done", "failed"],
    })
      .notNull()
      .default("waiting"),
    /** Kaspi still works on the file before it: since then. */
    blockedSince: instant("blocked_since"),
    /** Kaspi's last file before ours: by it one sees whether ours has arrived. */
    fileBefore: text("file_before"),
    fileId: text("file_id"),
    /** Kaspi's own word for where the file stands. */
    kaspiStatus: text("kaspi_status"),
    createdAt: instant("created_at").notNull(),
    /** Nothing else of the store leaves since: the list is made, sent, or worked on. */
    heldAt: instant("held_at"),
    sentAt: instant("sent_at"),
    finishedAt: instant("finished_at"),
    /** What Kaspi's protocol says of rows, as far as it says anything but that they came. */
    rowsKnown: integer("rows_known"),
    rowsMissing: integer("rows_missing"),
    rows: jsonb("rows"),
  },
  (table) => [index("price_list_uploads_store").on(table.storeId, table.createdAt)],
);
