import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, sealed } from "./columns";
import { users } from "./workspace";

/** Addresses of people's own programs that are told when something happens. */
export const webhooks = pgTable(
  "webhooks",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    url: text("url").notNull(),
    events: text("events").array().notNull(),
    /** Encrypted: what its calls are signed with. */
    secret: sealed("secret").notNull(),
    /** `paused` by a person, `off` by ourselves. */
    state: text("state", { enum: ["on", "paused", "off"] })
      .notNull()
      .default("on"),
    offReason: text("off_reason", { enum: ["closed", "failing"] }),
    createdAt: instant("created_at").notNull(),
    lastDeliveredAt: instant("last_delivered_at"),
    /** Since when nothing has arrived; null: the last attempt went well, or there was none. */
    failingSince: instant("failing_since"),
    /** It does not answer at all, so many times in a row, and is left alone until then. */
    silences: integer("silences").notNull().default(0),
    restingUntil: instant("resting_until"),
  },
  (table) => [index("webhooks_user").on(table.userId, table.createdAt)],
);

/** One event for one webhook, and what became of it. Its id stays the same however often it is sent. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: id(),
    webhookId: uuid("webhook_id")
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    event: text("event").notNull(),
    /** What it tells of: the same is not told twice. */
    subject: text("subject").notNull(),
    /** Null: a ping, of no store. */
    storeId: uuid("store_id"),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    createdAt: instant("created_at").notNull(),
    state: text("state", { enum: ["waiting", "delivered", "failed", "dropped"] })
      .notNull()
      .default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    /** Not before this. It moves on as an attempt begins: one whose process dies is made again then. */
    nextAt: instant("next_at").notNull(),
    triedAt: instant("tried_at"),
    /** What the last attempt ended with: a status of HTTP, or why there was none. */
    status: integer("status"),
    trouble: text("trouble"),
    excerpt: text("excerpt"),
    tookMs: integer("took_ms"),
  },
  (table) => [
    uniqueIndex("webhook_deliveries_subject").on(table.webhookId, table.subject),
    index("webhook_deliveries_due")
      .on(table.webhookId, table.nextAt)
      .where(sql`${table.state} = 'waiting'`),
    index("webhook_deliveries_time").on(table.webhookId, table.createdAt, table.id),
    index("webhook_deliveries_age").on(table.createdAt),
  ],
);
