import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { users } from "./workspace";

/** A way in for a program, in the name of a person and never wider than that person's rights. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** How the key begins and ends: enough to recognise it, far too little to use it. */
    hint: text("hint").notNull(),
    /** SHA-256 of the key. */
    keyHash: text("key_hash").notNull().unique(),
    scopes: text("scopes", { enum: ["read", "write", "kaspi", "bot"] })
      .array()
      .notNull(),
    createdAt: instant("created_at").notNull(),
    /** Null: until it is revoked. */
    expiresAt: instant("expires_at"),
    /** Written at most once a minute. */
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
    /** Requests a second; null: as many as any key may send. 0: as many as come. */
    perSecond: integer("per_second"),
    /** When all that was asked so far would be done at the pace of a key. Not indexed, nor is `last_used_at`: they change with every request. */
    pacedUntil: instant("paced_until"),
  },
  (table) => [index("api_keys_user").on(table.userId, table.createdAt)],
);

/** Who does something more often than they should, and how far they are ahead of its pace. */
export const paces = pgTable("paces", {
  /** What is done, and by whom: `wrong key 10.0.0.1`. */
  who: text("who").primaryKey(),
  pacedUntil: instant("paced_until").notNull(),
});
