import { sql } from "drizzle-orm";
import { index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { users } from "./workspace";

/** Somebody who is written to: a supplier, a customer. Each is their owner's alone. */
export const recipients = pgTable(
  "recipients",
  {
    id: id(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** As it was written; the same in other letters is the same. */
    email: text("email").notNull(),
    fullName: text("full_name").notNull().default(""),
    comment: text("comment").notNull().default(""),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    /** They want no letters any more. */
    unsubscribedAt: instant("unsubscribed_at"),
    /** Their mail server says that there is no such box. */
    bouncedAt: instant("bounced_at"),
    bounceReason: text("bounce_reason"),
  },
  (table) => [
    uniqueIndex("recipients_email").on(table.ownerId, sql`lower(${table.email})`),
    index("recipients_newest").on(table.ownerId, table.createdAt, table.id),
    index("recipients_tags").using("gin", table.tags),
  ],
);
