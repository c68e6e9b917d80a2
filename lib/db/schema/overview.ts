import { integer, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { stores } from "./kaspi";

/** How many watched products of a store stood first in an hour. One row per store and hour. */
export const placeSnapshots = pgTable(
  "place_snapshots",
  {
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    /** The beginning of the hour. */
    hour: instant("hour").notNull(),
    /** Watched products on sale whose place was known. */
    ranked: integer("ranked").notNull(),
    first: integer("first").notNull(),
  },
  (table) => [primaryKey({ columns: [table.storeId, table.hour] })],
);
