import { boolean, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns";
import { products } from "./products";
import { runs, users } from "./workspace";

/** One change of many products; its progress is the run of the same id. */
export const bulkChanges = pgTable(
  "bulk_changes",
  {
    id: uuid("id")
      .primaryKey()
      .references(() => runs.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    /** `BulkChange`. */
    change: jsonb("change").notNull(),
    /** The person has seen that some floors are under half of their prices. */
    confirmed: boolean("confirmed").notNull().default(false),
    /** Set when this one puts another back. */
    undoes: uuid("undoes"),
    createdAt: createdAt(),
  },
  (table) => [
    index("bulk_changes_user").on(table.userId, table.createdAt),
    index("bulk_changes_undoes").on(table.undoes),
  ],
);

/** A product of a bulk change: what it had, what it got, or why it was left alone. */
export const bulkItems = pgTable(
  "bulk_items",
  {
    bulkId: uuid("bulk_id")
      .notNull()
      .references(() => bulkChanges.id, { onDelete: "cascade" }),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    state: text("state", { enum: ["waiting", "changed", "same", "skipped"] })
      .notNull()
      .default("waiting"),
    why: text("why"),
    before: jsonb("before"),
    after: jsonb("after"),
  },
  (table) => [
    primaryKey({ columns: [table.bulkId, table.productId] }),
    index("bulk_items_state").on(table.bulkId, table.state, table.productId),
    index("bulk_items_product").on(table.productId),
  ],
);
