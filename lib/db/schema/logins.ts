import { integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, instant, sealed } from "./columns";
import { users } from "./workspace";

/** Who is logging in to Kaspi now. A lease per login, across processes and users: a killed one runs out. */
export const loginLeases = pgTable("login_leases", {
  login: text("login").primaryKey(),
  until: instant("until").notNull(),
});

/** No login of this name by ourselves before then, whoever's it is. It outlives its end: the next one is longer. */
export const loginBreaks = pgTable("login_breaks", {
  login: text("login").primaryKey(),
  until: instant("until").notNull(),
  by: text("by", { enum: ["flood", "address", "closed", "trouble"] }).notNull(),
  /** Setbacks in a row. */
  times: integer("times").notNull().default(1),
});

/** A login that waits for a code or a choice of its person, and of nobody else. Short-lived. */
export const pendingLogins = pgTable(
  "pending_logins",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    login: text("login").notNull(),
    /** `inside`: Kaspi has let us in, and the shops are still to be read. */
    step: text("step", { enum: ["code", "choice", "inside"] }).notNull(),
    channel: text("channel", { enum: ["mail", "sms"] }),
    /** Where the code went, as Kaspi masks it. */
    sentTo: text("sent_to"),
    /** The shops to choose from. */
    merchants: jsonb("merchants").$type<{ uid: string; name: string | null }[]>(),
    /** Encrypted: what the flow goes on with, and what was typed. */
    state: sealed("state").notNull(),
    /** Wrong codes typed since the last one was sent. */
    attempts: integer("attempts").notNull().default(0),
    /** How often a code was asked for again. */
    resends: integer("resends").notNull().default(0),
    /** Kaspi sends no other code before. */
    resendAt: instant("resend_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("pending_logins_user_login").on(table.userId, table.login)],
);
