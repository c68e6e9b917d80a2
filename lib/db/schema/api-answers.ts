import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { users } from "./workspace";

/** Answers of the API that are given again to whoever repeats a request with its key. */
export const apiAnswers = pgTable(
  "api_answers",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    operation: text("operation").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of what was asked: the same key with something else is a mistake. */
    bodyHash: text("body_hash").notNull(),
    at: instant("at").notNull(),
    isAnswered: boolean("is_answered").notNull().default(false),
    status: integer("status"),
    body: text("body"),
    headers: jsonb("headers").$type<Record<string, string>>().notNull().default({}),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.operation, table.key] }),
    index("api_answers_at").on(table.at),
  ],
);
