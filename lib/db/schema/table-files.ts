import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { stores } from "./kaspi";
import { products } from "./products";
import { users } from "./workspace";

/** How many of a product its seller keeps at a point, by their own count; no row: not kept here. */
export const productStocks = pgTable(
  "product_stocks",
  {
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    /** Kaspi's full id, `30067228_PP1`. */
    pointId: text("point_id").notNull(),
    count: integer("count").notNull(),
    setAt: instant("set_at").notNull(),
    /** Null: the system itself. */
    setBy: uuid("set_by"),
  },
  (table) => [
    primaryKey({ columns: [table.productId, table.pointId] }),
    index("product_stocks_store").on(table.storeId, table.pointId),
    check("product_stocks_count", sql`${table.count} >= 0`),
  ],
);

/** A table that somebody took, so that it can be compared with when it comes back. */
export const tableExports = pgTable(
  "table_exports",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Null: of every store the person saw. */
    storeId: uuid("store_id").references(() => stores.id, { onDelete: "cascade" }),
    /** `TableField`s in the order of the values of a row. */
    columns: text("columns").array().notNull(),
    takenAt: instant("taken_at").notNull(),
  },
  (table) => [
    index("table_exports_user").on(table.userId, table.takenAt),
    index("table_exports_taken").on(table.takenAt),
  ],
);

/** What stood in some of its rows: lines of JSON, product and values, packed by gzip, in base64. */
export const tableExportParts = pgTable(
  "table_export_parts",
  {
    exportId: uuid("export_id")
      .notNull()
      .references(() => tableExports.id, { onDelete: "cascade" }),
    nth: integer("nth").notNull(),
    body: text("body").notNull(),
  },
  (table) => [primaryKey({ columns: [table.exportId, table.nth] })],
);

/** A table that came back: what it would change, what it has changed, or what was put back. */
export const tableImports = pgTable(
  "table_imports",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Null: of every store of the person's own. */
    storeId: uuid("store_id").references(() => stores.id, { onDelete: "cascade" }),
    fileName: text("file_name").notNull(),
    /** An export of ours, a table filled by hand, or a price list of Kaspi's. */
    kind: text("kind", { enum: ["export", "table", "price_list"] }).notNull(),
    state: text("state", { enum: ["seen", "applied", "undone"] })
      .notNull()
      .default("seen"),
    lines: integer("lines").notNull(),
    /** Lines with something that cannot be carried out. */
    errorLines: integer("error_lines").notNull(),
    /** `Remark`s: what of the file was left aside, and why. */
    remarks: jsonb("remarks").notNull().default([]),
    /** `WorstCase`: how far a price may go by it. */
    worst: jsonb("worst"),
    seenAt: instant("seen_at").notNull(),
    appliedAt: instant("applied_at"),
    undoneAt: instant("undone_at"),
  },
  (table) => [
    index("table_imports_user").on(table.userId, table.seenAt),
    index("table_imports_seen").on(table.seenAt),
  ],
);

/** One cell of it, or a line that says nothing that can be carried out. */
export const tableImportChanges = pgTable(
  "table_import_changes",
  {
    importId: uuid("import_id")
      .notNull()
      .references(() => tableImports.id, { onDelete: "cascade" }),
    nth: integer("nth").notNull(),
    /** As the person sees it in the file. */
    line: integer("line").notNull(),
    article: text("article").notNull(),
    productId: uuid("product_id").references(() => products.id, { onDelete: "cascade" }),
    /** `TableField`; null: the whole line is meant. */
    field: text("field"),
    kind: text("kind", { enum: ["change", "conflict", "error"] }).notNull(),
    /** Why it cannot be carried out, or was not put back: the text is `errors.<why>`. */
    why: text("why"),
    /** It makes a floor under half of the price. */
    isDoubtful: boolean("is_doubtful").notNull().default(false),
    /** Of a conflict: the file's word counts. */
    isTaken: boolean("is_taken").notNull().default(false),
    /** What was exported, what was there, what the file says; null is a value that is not set. */
    base: jsonb("base"),
    before: jsonb("before"),
    after: jsonb("after"),
    /** Of an import that was undone: not put back. */
    isLeft: boolean("is_left").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.nth] }),
    index("table_import_changes_kind").on(table.importId, table.kind, table.nth),
    index("table_import_changes_product").on(table.productId),
  ],
);
