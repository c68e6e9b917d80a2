import { sql } from "drizzle-orm";
import {
  boolean,
  customType,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { recipients } from "./recipients";
import { users } from "./workspace";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A letter as it is written once; who gets it is a mailing's. */
export const messages = pgTable(
  "messages",
  {
    id: id(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    subject: text("subject").notNull(),
    bodyText: text("body_text").notNull().default(""),
    /** Made safe when it was saved; empty: a letter of text alone. */
    bodyHtml: text("body_html").notNull().default(""),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [index("messages_newest").on(table.ownerId, table.createdAt, table.id)],
);

export const messageFiles = pgTable(
  "message_files",
  {
    id: id(),
    messageId: uuid("message_id")
      .notNull()
      .references(() => messages.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    type: text("type").notNull(),
    size: integer("size").notNull(),
    content: bytes("content").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [index("message_files_message").on(table.messageId)],
);

export const mailings = pgTable(
  "mailings",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    messageId: uuid("message_id")
      .notNull()
      .references(() => messages.id, { onDelete: "restrict" }),
    /** Whoever has one of these gets it; beside them those who are chosen one by one. */
    tags: text("tags").array().notNull().default(sql`'{}'`),
    /** To all of the owner's recipients. */
    toAll: boolean("to_all").notNull().default(false),
    /** It starts by itself then; null: only by hand. */
    firstAt: instant("first_at"),
    /** Nothing is sent after it. */
    lastAt: instant("last_at"),
    repeats: text("repeats", { enum: ["none", "day", "week", "month"] })
      .notNull()
      .default("none"),
    isActive: boolean("is_active").notNull().default(true),
    status: text("status", { enum: ["created", "running", "paused", "completed", "cancelled"] })
      .notNull()
      .default("created"),
    /** When the schedule begins its next run. */
    nextRunAt: instant("next_run_at"),
    /** Who has released the next run; wanted where a second person must. */
    approvedBy: uuid("approved_by").references(() => users.id, { onDelete: "set null" }),
    approvedAt: instant("approved_at"),
    /** Who has switched it off for its owner. */
    disabledBy: uuid("disabled_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    index("mailings_owner").on(table.ownerId, table.createdAt, table.id),
    index("mailings_message").on(table.messageId),
    index("mailings_due").on(table.nextRunAt).where(sql`${table.status} = 'created'`),
  ],
);

/** Recipients who are chosen one by one. */
export const mailingRecipients = pgTable(
  "mailing_recipients",
  {
    mailingId: integer("mailing_id")
      .notNull()
      .references(() => mailings.id, { onDelete: "cascade" }),
    recipientId: uuid("recipient_id")
      .notNull()
      .references(() => recipients.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.mailingId, table.recipientId] }),
    index("mailing_recipients_recipient").on(table.recipientId),
  ],
);

/** One sending of a mailing. */
export const mailingRuns = pgTable(
  "mailing_runs",
  {
    id: id(),
    mailingId: integer("mailing_id")
      .notNull()
      .references(() => mailings.id, { onDelete: "cascade" }),
    /** #1, #2 … */
    number: integer("number").notNull(),
    trigger: text("trigger", { enum: ["manual", "command", "schedule", "retry"] }).notNull(),
    state: text("state", { enum: ["running", "paused", "completed", "cancelled"] })
      .notNull()
      .default("running"),
    /** Whom nobody has stopped, but the share of failures; or who has. */
    pauseReason: text("pause_reason", { enum: ["failures", "person", "settings", "owner"] }),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    startedBy: uuid("started_by").references(() => users.id, { onDelete: "set null" }),
    /** Attempts in all, and how many have come to which end; those left are under way. */
    total: integer("total").notNull(),
    succeeded: integer("succeeded").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    unknown: integer("unknown").notNull().default(0),
    /** Who sends it, and until when they are waited for. */
    workedBy: uuid("worked_by"),
    workedUntil: instant("worked_until"),
    /** The letter as this run sends it, whatever becomes of the message. */
    subject: text("subject").notNull(),
    bodyText: text("body_text").notNull(),
    bodyHtml: text("body_html").notNull(),
  },
  (table) => [
    uniqueIndex("mailing_runs_number").on(table.mailingId, table.number),
    index("mailing_runs_at_work").on(table.startedAt).where(sql`${table.state} = 'running'`),
  ],
);

/** A run's try at one recipient: made when the run begins, so that nobody is forgotten. */
export const attempts = pgTable(
  "attempts",
  {
    id: id(),
    mailingId: integer("mailing_id").notNull(),
    runId: uuid("run_id")
      .notNull()
      .references(() => mailingRuns.id, { onDelete: "cascade" }),
    runNumber: integer("run_number").notNull(),
    trigger: text("trigger_type", { enum: ["manual", "command", "schedule", "retry"] }).notNull(),
    recipientId: uuid("recipient_id").references(() => recipients.id, { onDelete: "set null" }),
    /** As they were when the run began. */
    email: text("email").notNull(),
    fullName: text("full_name").notNull(),
    /** In this order they are sent. */
    nth: integer("nth").notNull(),
    status: text("status", {
      enum: ["waiting", "sending", "success", "failure", "unknown", "skipped"],
    })
      .notNull()
      .default("waiting"),
    /** Why it was skipped, or has failed without a word of the server. */
    reason: text("reason"),
    smtpCode: integer("smtp_code"),
    /** The server's words. */
    serverResponse: text("server_response"),
    tries: integer("tries").notNull().default(0),
    /** Not before this. */
    nextAt: instant("next_at"),
    /** Until when whoever sends it is waited for. */
    leaseUntil: instant("lease_until"),
    /** When it came to its end. */
    at: instant("at"),
  },
  (table) => [
    uniqueIndex("attempts_recipient").on(table.runId, sql`lower(${table.email})`),
    uniqueIndex("attempts_nth").on(table.runId, table.nth),
    index("attempts_due")
      .on(table.runId, table.nextAt, table.nth)
      .where(sql`${table.status} in ('waiting', 'sending')`),
    index("attempts_status").on(table.runId, table.status, table.nth),
    index("attempts_recipient_history").on(table.recipientId),
    foreignKey({ columns: [table.mailingId], foreignColumns: [mailings.id] }).onDelete("cascade"),
    index("attempts_mailing").on(table.mailingId),
  ],
);

/** Letters that were sent where there is no mail server: a box to look into. */
export const mailboxLetters = pgTable(
  "mailbox_letters",
  {
    id: id(),
    at: instant("at").notNull(),
    to: text("to").notNull(),
    subject: text("subject").notNull(),
    bodyText: text("body_text").notNull(),
    bodyHtml: text("body_html").notNull(),
    /** Its headers, a line each. */
    headers: text("headers").notNull(),
  },
  (table) => [index("mailbox_letters_newest").on(table.at, table.id)],
);
