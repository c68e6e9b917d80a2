import { integer, pgTable, uuid } from "drizzle-orm/pg-core";

/**
 * A single row that changes, by triggers, in the same commit as anybody's rights, keys, groups or shares:
 * whoever remembers what somebody may do asks it whether that still holds.
 */
export const accessMark = pgTable("access_mark", {
  id: integer("id").primaryKey().default(1),
  mark: uuid("mark").notNull(),
});
