import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, instant, sealed } from "./columns";

/** One installation is one workspace: a single row. */
export const workspace = pgTable(
  "workspace",
  {
    id: integer("id").primaryKey().default(1),
    /** Which Kaspi this database belongs to; the other refuses to start on it. */
    kaspi: text("kaspi", { enum: ["twin", "live"] }).notNull(),
    timeZone: text("time_zone").notNull().default("Asia/Almaty"),
    syncEveryMinutes: integer("sync_every_minutes").notNull().default(360),
    sessionCheckEveryMinutes: integer("session_check_every_minutes").notNull().default(30),
    writesPerSecond: doublePrecision("writes_per_second").notNull().default(1.5),
    writesPerWindow: integer("writes_per_window").notNull().default(250),
    writeWindowMinutes: integer("write_window_minutes").notNull().default(30),
    cabinetReadsPerSecond: doublePrecision("cabinet_reads_per_second").notNull().default(5),
    /** Calls of the official API with one token: what others do without harm. */
    shopCallsPerSecond: doublePrecision("shop_calls_per_second").notNull().default(5),
    /** Of one address, whatever the tokens: clients keep to six, the storefront of the same host bans at fifteen. */
    shopCallsPerExit: doublePrecision("shop_calls_per_exit").notNull().default(6),
    /** Which of several own stores on one card goes for the first place, and what the others do. */
    leadBy: text("lead_by", { enum: ["stock", "margin", "order"] })
      .notNull()
      .default("stock"),
    /** Stores, the one that leads first; those it does not name come after, the oldest first. */
    leadOrder: uuid("lead_order").array().notNull().default(sql`'{}'`),
    followers: text("followers", { enum: ["behind", "hold"] })
      .notNull()
      .default("behind"),
    /** So many sales stand behind each review, and so many reviews of one list are read at most. */
    salesPerReview: integer("sales_per_review").notNull().default(8),
    reviewsRead: integer("reviews_read").notNull().default(10_000),
    /** Letters of mailings, of the whole office; what a mail server takes without harm. */
    lettersPerMinute: integer("letters_per_minute").notNull().default(300),
    lettersPerHour: integer("letters_per_hour").notNull().default(3_000),
    /** A run stops by itself when so many of a hundred letters have failed. */
    failuresToPause: integer("failures_to_pause").notNull().default(20),
    /** A mailing leaves only when a second person has released it. */
    mailingsWantApproval: boolean("mailings_want_approval").notNull().default(false),
    /** The kill switch for everything; null means prices may be sent. */
    sendingStoppedAt: instant("sending_stopped_at"),
    sendingStoppedBy: uuid("sending_stopped_by"),
    /** SHA-256 of the one-time link that creates the first owner. */
    setupTokenHash: text("setup_token_hash"),
    setupTokenExpiresAt: instant("setup_token_expires_at"),
    createdAt: createdAt(),
  },
  (table) => [check("workspace_single_row", sql`${table.id} = 1`)],
);

export const users = pgTable(
  "users",
  {
    id: id(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    role: text("role", { enum: ["owner", "member"] })
      .notNull()
      .default("member"),
    isActive: boolean("is_active").notNull().default(true),
    locale: text("locale", { enum: ["ru", "kk", "en"] })
      .notNull()
      .default("ru"),
    /** Where the person reads their hours; null: as the workspace. */
    timeZone: text("time_zone"),
    /** Encrypted; without `totp_since` it waits for its first code. */
    totpSecret: sealed("totp_secret"),
    totpSince: instant("totp_since"),
    /** The half-minute of the last code that was taken: it and all before it are spent. */
    totpLastStep: integer("totp_last_step"),
    /** Asked for a way back in, and nobody has given one yet. */
    resetAskedAt: instant("reset_asked_at"),
    /** Raised to end every session of the user at once. */
    sessionVersion: integer("session_version").notNull().default(1),
    lastLoginAt: instant("last_login_at"),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("users_email_unique").on(sql`lower(${table.email})`)],
);

/** What may be guessed at, and was, wrongly: counted per account and per address. */
export const loginFailures = pgTable(
  "login_failures",
  {
    id: id(),
    kind: text("kind", { enum: ["password", "code", "reset"] })
      .notNull()
      .default("password"),
    email: text("email").notNull(),
    address: text("address").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [
    index("login_failures_email").on(table.email, table.at),
    index("login_failures_address").on(table.address, table.at),
    index("login_failures_at").on(table.kind, table.at),
  ],
);

/** Who changed what; written in the same transaction as the change. Rows are only ever added. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: id(),
    at: instant("at").notNull(),
    /** Null: the system itself. */
    userId: uuid("user_id"),
    storeId: uuid("store_id"),
    action: text("action").notNull(),
    subjectId: text("subject_id"),
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
    /** An address, the command line or a job: as `Origin` says. */
    address: text("address"),
    requestId: text("request_id"),
    /** The API key that did it. */
    keyId: uuid("key_id"),
    runId: text("run_id"),
  },
  (table) => [
    index("audit_log_time").on(table.at, table.id),
    index("audit_log_store").on(table.storeId, table.action, table.at),
    index("audit_log_store_time").on(table.storeId, table.at, table.id),
    index("audit_log_user").on(table.userId, table.at, table.id),
    index("audit_log_user_action").on(table.userId, table.action, table.at, table.id),
    index("audit_log_action").on(table.action, table.at, table.id),
    index("audit_log_subject").on(table.subjectId, table.at),
    index("audit_log_address")
      .on(table.address, table.at, table.id)
      .where(sql`${table.address} is not null`),
    index("audit_log_request").on(table.requestId).where(sql`${table.requestId} is not null`),
  ],
);

/** What an owner must know. Open until resolved; one open notice per key. */
export const notices = pgTable(
  "notices",
  {
    id: id(),
    key: text("key").notNull(),
    kind: text("kind").notNull(),
    severity: text("severity", { enum: ["info", "warning", "danger"] }).notNull(),
    userId: uuid("user_id"),
    storeId: uuid("store_id"),
    params: jsonb("params").$type<Record<string, string | number>>().notNull().default({}),
    createdAt: createdAt(),
    resolvedAt: instant("resolved_at"),
    /** Beside `resolved_at`: a person has put it away, or it has stood too long. What it says may last. */
    dismissedAt: instant("dismissed_at"),
    /** When those it is for were told of it elsewhere, too; null: not yet, or it is news again. */
    spreadAt: instant("spread_at"),
  },
  (table) => [
    index("notices_unspread").on(table.createdAt, table.id).where(sql`${table.spreadAt} is null`),
    uniqueIndex("notices_open_key").on(table.key).where(sql`${table.resolvedAt} is null`),
    index("notices_user").on(table.userId),
    index("notices_open_task")
      .on(sql`(${table.params} ->> 'task')`)
      .where(sql`${table.resolvedAt} is null and ${table.params} ->> 'task' is not null`),
  ],
);

/** Any long work that reports progress. */
export const runs = pgTable(
  "runs",
  {
    id: id(),
    kind: text("kind", {
      enum: [
        "sync",
        "bulk",
        "costs",
        "reprice",
        "upload",
        "rollback",
        "preorders",
        "orders",
        "reviews",
      ],
    }).notNull(),
    storeId: uuid("store_id"),
    userId: uuid("user_id"),
    status: text("status", { enum: ["queued", "running", "finished", "failed", "cancelled"] })
      .notNull()
      .default("queued"),
    done: integer("done").notNull().default(0),
    total: integer("total"),
    counts: jsonb("counts").$type<Record<string, number>>().notNull().default({}),
    /** Key of the translated error, `errors.<key>`. */
    errorKey: text("error_key"),
    createdAt: createdAt(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (table) => [index("runs_store").on(table.storeId, table.createdAt)],
);
