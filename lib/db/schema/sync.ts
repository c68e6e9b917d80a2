import { index, pgTable, uuid } from "drizzle-orm/pg-core";
import { runs } from "./workspace";

/**
 * What a walk over a store's list has met so far, a row for each page it stored; empty again when the
 * walk is over. Marking the products themselves would rewrite every row on every sync.
 */
export const syncPages = pgTable(
  "sync_pages",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    productIds: uuid("product_ids").array().notNull(),
  },
  (table) => [index("sync_pages_run").on(table.runId)],
);
