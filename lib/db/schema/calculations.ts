import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { users } from "./workspace";

/** A calculation that a person has kept: what stood in the fields, as they were typed. */
export const calculations = pgTable(
  "calculations",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    texts: jsonb("texts").$type<Record<string, string>>().notNull(),
    savedAt: instant("saved_at").notNull(),
  },
  (table) => [index("calculations_user").on(table.userId, table.savedAt, table.id)],
);
