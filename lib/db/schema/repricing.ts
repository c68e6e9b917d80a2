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
import { createdAt, id, instant, money } from "./columns";
import { kaspiLogins, stores } from "./kaspi";
import { products } from "./products";

/** The offers of a card in a city. A new row only when they changed; `last_seen_at` moves otherwise. */
export const marketObservations = pgTable(
  "market_observations",
  {
    id: id(),
    cardId: text("card_id").notNull(),
    cityId: text("city_id").notNull(),
    contentHash: text("content_hash").notNull(),
    /** `MarketOffer[]` as read, cheapest first. */
    offers: jsonb("offers").notNull(),
    total: integer("total").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
  },
  // Not on `last_seen_at`: most looks move only that, and an index on it would rewrite all of them.
  (table) => [
    index("market_observations_card").on(table.cardId, table.cityId, table.firstSeenAt),
    index("market_observations_age").on(table.firstSeenAt),
  ],
);

/** Sellers as Kaspi last called them on a card. */
export const merchants = pgTable("merchants", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
});

/** What leaves first, whatever its turn: a person's price, then what puts prices back. */
export const queueClass = sql.raw(
  "(case origin when 'manual' then 0 when 'undo' then 1 else 2 end)",
);

/** A batch of one store's checks. */
export const pricingRuns = pgTable(
  "pricing_runs",
  {
    id: id(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    trigger: text("trigger", { enum: ["schedule", "person", "command", "undo"] }).notNull(),
    /** The run, or the run of the one decision, that this one puts back, and who asked for it. */
    undoes: uuid("undoes"),
    requestedBy: uuid("requested_by"),
    dryRun: boolean("dry_run").notNull().default(false),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
    checked: integer("checked").notNull().default(0),
    changes: integer("changes").notNull().default(0),
    unread: integer("unread").notNull().default(0),
  },
  (table) => [
    index("pricing_runs_store").on(table.storeId, table.startedAt),
    index("pricing_runs_open").on(table.storeId).where(sql`${table.finishedAt} is null`),
    index("pricing_runs_undoes").on(table.undoes).where(sql`${table.undoes} is not null`),
  ],
);

export const decisions = pgTable(
  "decisions",
  {
    id: id(),
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    cityId: text("city_id").notNull(),
    runId: uuid("run_id").references(() => pricingRuns.id, { onDelete: "set null" }),
    origin: text("origin", { enum: ["bot", "manual", "undo"] }).notNull(),
    actorId: uuid("actor_id"),
    kind: text("kind", { enum: ["change", "hold", "skip"] }).notNull(),
    reason: text("reason").notNull(),
    params: jsonb("params").$type<Record<string, number | string>>().notNull().default({}),
    trail: jsonb("trail").notNull().default([]),
    priceBefore: money("price_before"),
    price: money("price"),
    observationId: uuid("observation_id"),
    /** Canonical JSON of what was decided from, the observation by reference. */
    inputs: text("inputs").notNull(),
    inputsHash: text("inputs_hash").notNull(),
    rulesVersion: integer("rules_version").notNull(),
    /** Position in the store's ledger and the hashes that chain it. */
    seq: bigint("seq", { mode: "number" }).notNull(),
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
    dryRun: boolean("dry_run").notNull().default(false),
    state: text("state", {
      enum: [
        "none",
        "pending",
        "sending",
        "sent",
        "confirmed",
        "rejected",
        "expired",
        "superseded",
        "refused",
        "frozen",
        "held",
      ],
    }).notNull(),
    /** The hold whose answer it waits for, or waited for. */
    holdId: uuid("hold_id"),
    /** The change of many rules that it tries out. */
    canaryOf: uuid("canary_of"),
    /** Why it is where it is: a gate reason, what Kaspi answered; with numbers in `state_params`. */
    stateReason: text("state_reason"),
    stateParams: jsonb("state_params")
      .$type<Record<string, number | string>>()
      .notNull()
      .default({}),
    decidedAt: instant("decided_at").notNull(),
    /** Since when the product wants a change that has not left: decided anew, it keeps its turn. */
    waitingSince: instant("waiting_since"),
    /** Its place in the queue of changes: since when it waits, less the head start its value gives it. */
    turnAt: instant("turn_at").notNull().defaultNow(),
    /** Not sent before this: the budget or a pause. */
    notBefore: instant("not_before"),
    expiresAt: instant("expires_at"),
    sendingAt: instant("sending_at"),
    sentAt: instant("sent_at"),
    confirmedAt: instant("confirmed_at"),
    /** When the list is read next to see what became of it. */
    confirmAt: instant("confirm_at"),
    confirmReads: integer("confirm_reads").notNull().default(0),
    kaspiProcessId: text("kaspi_process_id"),
    /** How it leaves: a call of the cabinet, or the price list that Kaspi fetches. */
    channel: text("channel", { enum: ["cabinet", "feed"] })
      .notNull()
      .default("cabinet"),
    /** The version of the price list that carries it. */
    listId: uuid("list_id"),
    listedAt: instant("listed_at"),
  },
  (table) => [
    uniqueIndex("decisions_ledger").on(table.storeId, table.seq),
    index("decisions_product").on(table.productId, table.decidedAt),
    // The ledger's page: the newest first; what narrows it is in the index, so that a rare reason among
    // a million decisions is found without reading them.
    index("decisions_time").on(
      table.storeId,
      table.decidedAt,
      table.seq,
      table.kind,
      table.reason,
      table.state,
      table.origin,
      table.dryRun,
    ),
    index("decisions_run").on(table.runId),
    index("decisions_changes")
      .on(table.storeId, table.decidedAt, table.sentAt, table.confirmedAt, table.state)
      .where(sql`${table.kind} = 'change' and not ${table.dryRun}`),
    index("decisions_open")
      .on(table.storeId, table.state, table.decidedAt)
      .where(sql`${table.state} in ('pending', 'sending', 'sent', 'frozen', 'held')`),
    index("decisions_queue")
      .on(table.storeId, queueClass, table.turnAt, table.seq)
      .where(sql`${table.state} = 'pending'`),
    index("decisions_unsent")
      .on(table.productId, table.cityId)
      .where(sql`${table.state} in ('pending', 'frozen', 'held')`),
    index("decisions_feed")
      .on(table.storeId, table.sendingAt)
      .where(sql`${table.channel} = 'feed'`),
    index("decisions_held").on(table.holdId, table.seq).where(sql`${table.state} = 'held'`),
    index("decisions_canary").on(table.canaryOf).where(sql`${table.canaryOf} is not null`),
    index("decisions_attention")
      .on(table.id)
      .where(sql`${table.state} in ('frozen', 'rejected', 'refused')`),
    uniqueIndex("decisions_one_in_flight")
      .on(table.productId, table.cityId)
      .where(sql`${table.state} in ('sending', 'sent')`),
    uniqueIndex("decisions_one_pending")
      .on(table.productId, table.cityId)
      .where(sql`${table.state} = 'pending'`),
  ],
);

/** Every change taken from a login's budget; rows older than the window do not count. */
export const budgetEntries = pgTable(
  "budget_entries",
  {
    id: id(),
    login: text("login")
      .notNull()
      .references(() => kaspiLogins.login),
    decisionId: uuid("decision_id"),
    at: instant("at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("budget_entries_window").on(table.login, table.at)],
);

/** The end of each store's ledger: the next decision is chained to it. */
export const ledgerHeads = pgTable("ledger_heads", {
  storeId: uuid("store_id")
    .primaryKey()
    .references(() => stores.id, { onDelete: "cascade" }),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
});

/** Where a ledger begins after its oldest decisions were forgotten: the last of those. */
export const ledgerCheckpoints = pgTable("ledger_checkpoints", {
  storeId: uuid("store_id")
    .primaryKey()
    .references(() => stores.id, { onDelete: "cascade" }),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
  movedAt: instant("moved_at").notNull(),
});
