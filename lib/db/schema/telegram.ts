import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { users } from "./workspace";

const telegramId = (name: string) => bigint(name, { mode: "number" });

/** Which Telegram account is whose: one of each. */
export const telegramLinks = pgTable("telegram_links", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** The account; its private chat with the bot has the same number. */
  telegramId: telegramId("telegram_id").notNull().unique(),
  /** As Telegram called them when they were linked. */
  username: text("username"),
  linkedAt: instant("linked_at").notNull(),
  /** A person wants no notices in Telegram for now; the bot itself works. */
  mutedAt: instant("muted_at"),
  /** Telegram says that they have blocked the bot. */
  blockedAt: instant("blocked_at"),
  /** Telegram takes no message of ours in the chat before this. */
  nextAt: instant("next_at"),
});

/** One-time tokens that link an account. The newest of a person's counts. */
export const telegramTokens = pgTable("telegram_tokens", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** SHA-256. */
  tokenHash: text("token_hash").notNull().unique(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
  /** The account that has shown it: it alone may link itself in another's place, and is told the same twice. */
  shownBy: telegramId("shown_by"),
});

/** Where somebody is in their talk with the bot. */
export const telegramDialogs = pgTable("telegram_dialogs", {
  telegramId: telegramId("telegram_id").primaryKey(),
  /** As the bot has written it. */
  state: jsonb("state").$type<Record<string, unknown>>().notNull(),
  /** The last update of Telegram that was carried out. */
  updateId: bigint("update_id", { mode: "number" }).notNull(),
  updatedAt: instant("updated_at").notNull(),
});

/** What somebody wants to hear in Telegram, and when. No row: the usual. */
export const tellingSettings = pgTable("telling_settings", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** Kinds that they do not want. */
  off: text("off").array().notNull().default(sql`'{}'`),
  /** Minutes of the day in their zone between which nothing comes; both null: at any time. */
  quietFrom: integer("quiet_from"),
  quietUntil: integer("quiet_until"),
  /** Told so long before a deadline, too; null: at the deadline only. */
  remindMinutes: integer("remind_minutes"),
  /** When that was chosen: what comes within it is told then, if it was not before. */
  remindSince: instant("remind_since"),
  /** The minute of the day when digests come. */
  digestAt: integer("digest_at").notNull().default(540),
});

/** One piece of news for one person's Telegram: at most once of each. */
export const tellings = pgTable(
  "tellings",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** What is told: the same is not told twice. */
    subject: text("subject").notNull(),
    kind: text("kind").notNull(),
    storeId: uuid("store_id"),
    params: jsonb("params").$type<Record<string, string | number>>().notNull(),
    createdAt: instant("created_at").notNull(),
    state: text("state", { enum: ["waiting", "sending", "sent", "dropped", "failed"] })
      .notNull()
      .default("waiting"),
    /** Not before this: quiet hours, or Telegram's word. */
    notBefore: instant("not_before").notNull(),
    /** Until when whoever sends it is waited for. */
    leaseUntil: instant("lease_until"),
    attempts: integer("attempts").notNull().default(0),
    /** A process died while it was on its way: what comes now may be a second one, and says so. */
    maybeSent: boolean("maybe_sent").notNull().default(false),
    messageId: bigint("message_id", { mode: "number" }),
    sentAt: instant("sent_at"),
    /** Why it was dropped, or what Telegram said. */
    trouble: text("trouble"),
  },
  (table) => [
    uniqueIndex("tellings_subject").on(table.userId, table.subject),
    index("tellings_due")
      .on(table.notBefore, table.createdAt, table.id)
      .where(sql`${table.state} in ('waiting', 'sending')`),
    index("tellings_age").on(table.createdAt),
  ],
);
