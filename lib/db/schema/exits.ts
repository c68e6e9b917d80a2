import {
  boolean,
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, instant, sealed } from "./columns";

/** Addresses we speak to Kaspi from: direct, or a proxy. Their pace lives here, for all processes. */
export const exits = pgTable("exits", {
  id: id(),
  name: text("name").notNull(),
  /** Encrypted proxy URL; null is the machine's own address. */
  proxyUrl: sealed("proxy_url"),
  /** The browser it passes for, by its key in the list of identities; null: the first of them. */
  identity: text("identity"),
  /** Whether cabinets may be entered through it; else it only reads the market. */
  forCabinet: boolean("for_cabinet").notNull().default(false),
  isActive: boolean("is_active").notNull().default(true),
  readsPerSecond: doublePrecision("reads_per_second").notNull().default(8),
  /** The next free slot (GCRA); moved forward by every reader. */
  nextSlotAt: instant("next_slot_at"),
  restingUntil: instant("resting_until"),
  restReason: text("rest_reason"),
  /** Refusals without an answer in between: each rest is twice the one before. */
  restsInRow: integer("rests_in_row").notNull().default(0),
  /** Calls without any answer; a proxy with too many is dead. */
  failuresInRow: integer("failures_in_row").notNull().default(0),
  /** Nobody uses it before a probe has come through. */
  deadSince: instant("dead_since"),
  deadReason: text("dead_reason", { enum: ["untried", "login", "silent", "refused"] }),
  nextProbeAt: instant("next_probe_at"),
  probesFailed: integer("probes_failed").notNull().default(0),
  createdAt: createdAt(),
});

/** What went through an exit in an hour: a row per hour, never one per call. */
export const exitHours = pgTable(
  "exit_hours",
  {
    exitId: uuid("exit_id")
      .notNull()
      .references(() => exits.id, { onDelete: "cascade" }),
    hour: instant("hour").notNull(),
    requests: integer("requests").notNull().default(0),
    failures: integer("failures").notNull().default(0),
    /** How many answers took so long, by the bounds of `latency-rules`. */
    latencies: integer("latencies").array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.exitId, table.hour] })],
);

/** Circuit breakers: a thing we ask of Kaspi, through one exit. No row is a closed one, never asked. */
export const kaspiCircuits = pgTable(
  "kaspi_circuits",
  {
    exitId: uuid("exit_id")
      .notNull()
      .references(() => exits.id, { onDelete: "cascade" }),
    endpoint: text("endpoint").notNull(),
    state: text("state", { enum: ["closed", "open", "half_open"] })
      .notNull()
      .default("closed"),
    failuresInRow: integer("failures_in_row").notNull().default(0),
    lastFailure: text("last_failure"),
    /** When the present row of failures began. */
    failingSince: instant("failing_since"),
    /** Since when it has not been closed. */
    openedAt: instant("opened_at"),
    /** No call before this; then one, whose answer decides. */
    retryAt: instant("retry_at"),
    timesOpened: integer("times_opened").notNull().default(0),
    /** When Kaspi last answered, to some seconds: what it brings to one exit another might bring, too. */
    answeredAt: instant("answered_at"),
  },
  (table) => [primaryKey({ columns: [table.exitId, table.endpoint] })],
);

/** What Kaspi last answered, per channel and the login, store or exit it was asked for. */
export const kaspiChannels = pgTable(
  "kaspi_channels",
  {
    /** A login's, a store's or an exit's id, by the channel. */
    subjectId: uuid("subject_id").notNull(),
    channel: text("channel", {
      enum: [
        "login",
        "session",
        "list",
        "points",
        "market",
        "prices",
        "read_back",
        "shop_api",
        "orders",
      ],
    }).notNull(),
    lastOkAt: instant("last_ok_at"),
    lastFailureAt: instant("last_failure_at"),
    /** The kind of the last failure; kept after Kaspi answers again. */
    failureKind: text("failure_kind"),
    failuresInRow: integer("failures_in_row").notNull().default(0),
    /** When the present row of failures began. */
    failingSince: instant("failing_since"),
  },
  (table) => [primaryKey({ columns: [table.subjectId, table.channel] })],
);
