import { isNotNull, isNull, sql } from "drizzle-orm";
import {
  bigserial,
  index,
  integer,
  json,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

export const jobsSchema = pgSchema("jobs");

const instant = (name: string) => timestamp(name, { withTimezone: true });

export type EventData = Record<string, unknown>;
/** What a run was started by, as the SDK receives it. */
export type StoredEvent = { id: string; name: string; data: EventData; ts: number };
export type StoredError = { name: string; message: string; stack?: string | undefined };
/** A finished step exactly as the SDK wants it back. */
export type Memo = { type: "data"; data: unknown } | { type: "error"; error: StoredError };
export type RunState = "queued" | "running" | "completed" | "failed" | "cancelled";

/** The outbox: a row here is a promise that the event will be acted upon. */
export const jobEvents = jobsSchema.table(
  "event",
  {
    id: text("id").primaryKey(),
    seq: bigserial("seq", { mode: "number" }).notNull(),
    name: text("name").notNull(),
    data: jsonb("data").$type<EventData>().notNull(),
    /** Routed to runs, or handed to Inngest. */
    handledAt: instant("handled_at"),
  },
  (table) => [
    index("event_pending").on(table.seq).where(isNull(table.handledAt)),
    index("event_handled").on(table.handledAt),
  ],
);

/** The text as an id, if it is one: computed by Postgres, so that no engine has to fill it in. */
const idIn = (text: string) =>
  sql.raw(
    `case when ${text} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (${text})::uuid end`,
  );
const inData = (name: string) => `event #>> '{data,${name}}'`;
const aSubject = ["storeId", "accountId", "runId"].map(inData).join(", ");
/** The event that asks for a run to be done again: its id says which. */
export const RETRY = ":retry";

export const jobRuns = jobsSchema.table(
  "run",
  {
    id: uuid("id").primaryKey(),
    job: text("job").notNull(),
    event: jsonb("event").$type<StoredEvent>().notNull(),
    state: text("state").$type<RunState>().notNull(),
    concurrencyKeys: text("concurrency_keys").array().notNull(),
    singletonKey: text("singleton_key"),
    idempotencyKey: text("idempotency_key"),
    queuedAt: instant("queued_at").notNull(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    deadline: instant("deadline"),
    // json, not jsonb: a job may return a string with a zero byte.
    result: json("result"),
    error: json("error").$type<StoredError>(),
    /** The store, else the Kaspi login, else the progress it is about; runs of one job and subject are the same work. */
    subject: uuid("subject").generatedAlwaysAs(idIn(`coalesce(${aSubject})`)),
    /** The row of `runs` that tells how far it is. */
    progressId: uuid("progress_id").generatedAlwaysAs(idIn(inData("runId"))),
    /** The failed run that a person asked to be done again as this one. */
    retryOf: uuid("retry_of").generatedAlwaysAs(
      idIn(`substring(event ->> 'id' from '^(.*)${RETRY}$')`),
    ),
  },
  (table) => [
    index("run_retry").on(table.retryOf).where(isNotNull(table.retryOf)),
    index("run_open").on(table.state, table.queuedAt).where(isNull(table.finishedAt)),
    index("run_queued").on(table.queuedAt),
    index("run_progress").on(table.progressId).where(isNotNull(table.progressId)),
    index("run_subject").on(table.subject, table.queuedAt).where(isNotNull(table.subject)),
    uniqueIndex("run_singleton")
      .on(table.singletonKey)
      .where(sql`${table.state} in ('queued', 'running')`),
    uniqueIndex("run_idempotency").on(table.idempotencyKey),
    index("run_history").on(table.job, table.state, table.finishedAt),
    index("run_finished").on(table.finishedAt),
    index("run_deadline").on(table.deadline).where(isNull(table.finishedAt)),
  ],
);

const ofRun = () =>
  uuid("run_id")
    .notNull()
    .references(() => jobRuns.id, { onDelete: "cascade" });

export const jobSteps = jobsSchema.table(
  "step",
  {
    runId: ofRun(),
    /** The SDK's hash of the step's id. */
    id: text("id").notNull(),
    seq: bigserial("seq", { mode: "number" }).notNull(),
    name: text("name").notNull(),
    memo: json("memo").$type<Memo>().notNull(),
    finishedAt: instant("finished_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.id] })],
);

/** One row is one call of the SDK to make: the run's next step, or one of its parallel steps. */
export const jobQueue = jobsSchema.table(
  "queue",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    runId: ofRun(),
    job: text("job").notNull(),
    stepId: text("step_id").notNull(),
    attempt: integer("attempt").notNull().default(0),
    dueAt: instant("due_at").notNull(),
    concurrencyKeys: text("concurrency_keys").array().notNull(),
    owner: uuid("owner"),
    leaseUntil: instant("lease_until"),
    /** Why the attempt before did not succeed. */
    lastError: json("last_error").$type<StoredError>(),
  },
  (table) => [
    uniqueIndex("queue_step").on(table.runId, table.stepId),
    index("queue_due").on(table.job, table.dueAt, table.id).where(isNull(table.owner)),
    index("queue_keys")
      .on(table.job, table.concurrencyKeys, table.dueAt, table.id)
      .where(isNull(table.owner)),
    index("queue_leased").on(table.leaseUntil).where(isNotNull(table.owner)),
  ],
);

/** A run standing still: asleep, waiting for an event, or for a run it has invoked. */
export const jobWaits = jobsSchema.table(
  "wait",
  {
    runId: ofRun(),
    stepId: text("step_id").notNull(),
    name: text("name").notNull(),
    kind: text("kind").$type<"sleep" | "event" | "invoke">().notNull(),
    /** The end of the sleep, or the time-out of the wait. */
    dueAt: instant("due_at").notNull(),
    eventName: text("event_name"),
    matchPath: text("match_path"),
    matchValue: jsonb("match_value"),
    childRunId: uuid("child_run_id"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.stepId] }),
    index("wait_due").on(table.dueAt),
    index("wait_event").on(table.eventName).where(isNotNull(table.eventName)),
    index("wait_child").on(table.childRunId).where(isNotNull(table.childRunId)),
  ],
);

/** The jobs this installation knows, with the next firing of those on a schedule. */
export const jobDefinitions = jobsSchema.table("job", {
  id: text("id").primaryKey(),
  cron: text("cron"),
  timeZone: text("time_zone"),
  nextAt: instant("next_at"),
  /** Of a run that the schedule began: kept here, because runs are forgotten. */
  lastSuccessAt: instant("last_success_at"),
  registeredAt: instant("registered_at").notNull(),
});

/** GCRA: the moment at which the key has used up everything it was allowed. */
export const jobThrottles = jobsSchema.table("throttle", {
  key: text("key").primaryKey(),
  exhaustedUntil: instant("exhausted_until").notNull(),
});
