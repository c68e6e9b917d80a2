import { and, asc, desc, eq, exists, gte, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { jobDefinitions, jobRuns, type StoredError } from "@/lib/db/schema/jobs";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { auditLog, runs, users } from "@/lib/db/schema/workspace";
import { isOneOf, type RunScope, runScope } from "./access-queries";
import type { HistoryQuery } from "./history-address";
import { HISTORY_PAGE, MOST_IN_HISTORY, periods, type RunLine } from "./history-model";
import { toProgress } from "./model";

export const RETRIED = "run.retried";

/** The retries there are, few, lead to the audit, which is long. */
const wasRetried = and(
  eq(auditLog.subjectId, sql`${jobRuns.retryOf}::text`),
  eq(auditLog.action, RETRIED),
);

/** Who pressed "again", or who had asked for the work itself. */
const asker = sql`coalesce(
  (select ${auditLog.userId} from ${auditLog} where ${wasRetried} order by ${auditLog.at} desc limit 1),
  ${runs.userId})`;

/** Runs a person has started or had done again. Looked up first, as whose they are is. */
async function askedBy(tx: Tx, person: string): Promise<SQL | undefined> {
  const started = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(eq(runs.userId, person))
    .orderBy(desc(runs.createdAt))
    .limit(MOST_IN_HISTORY);
  const retried = await tx
    .select({ id: sql<string>`${jobRuns.retryOf}` })
    .from(jobRuns)
    .innerJoin(auditLog, wasRetried)
    .where(eq(auditLog.userId, person));
  return or(
    isOneOf(
      jobRuns.progressId,
      started.map(({ id }) => id),
    ),
    isOneOf(
      jobRuns.retryOf,
      retried.map(({ id }) => id),
    ),
  );
}

/** The engine's own errands after a failure: only of interest when they fail themselves. */
const ofInterest = or(
  ne(sql`${jobRuns.event} ->> 'name'`, "inngest/function.failed"),
  eq(jobRuns.state, "failed"),
);

type Trying = { attempt: number; nextAt: string | null; error: StoredError | null };

const lineColumns = ({ changes }: RunScope) => ({
  id: jobRuns.id,
  job: jobRuns.job,
  state: jobRuns.state,
  subject: jobRuns.subject,
  retryOf: jobRuns.retryOf,
  retriedBy: sql<string | null>`(select id from jobs.run again
    where again.retry_of = ${jobRuns.id} order by queued_at desc limit 1)`,
  queuedAt: jobRuns.queuedAt,
  startedAt: jobRuns.startedAt,
  finishedAt: jobRuns.finishedAt,
  error: jobRuns.error,
  storeId: stores.id,
  storeName: stores.name,
  login: kaspiAccounts.login,
  progress: runs,
  who: users.name,
  trying: sql<Trying | null>`(select json_build_object('attempt', attempt, 'error', last_error,
      'nextAt', case when owner is null then due_at end)
    from jobs.queue where run_id = ${jobRuns.id} and attempt > 0 order by attempt desc limit 1)`,
  asleepUntil: sql<string | null>`(select min(due_at) from jobs.wait where run_id = ${jobRuns.id})`,
  mayChange: sql<boolean>`coalesce(${changes}, false)`,
});

/** The ids of the runs that fit and that the caller may see: chosen before anything is joined to them. */
export function selectIds(tx: Tx, scope: RunScope, where: SQL | undefined) {
  return tx.select({ id: jobRuns.id }).from(jobRuns).where(and(scope.sees, where)).$dynamic();
}

/** Everything a line says of the runs with these ids; in no order. */
export function selectLines(tx: Tx, scope: RunScope, ids: ReturnType<typeof selectIds>) {
  return tx
    .select(lineColumns(scope))
    .from(jobRuns)
    .leftJoin(stores, eq(stores.id, jobRuns.subject))
    .leftJoin(kaspiAccounts, eq(kaspiAccounts.id, jobRuns.subject))
    .leftJoin(runs, eq(runs.id, sql`coalesce(${jobRuns.progressId}, ${jobRuns.id})`))
    .leftJoin(users, eq(users.id, asker))
    .where(sql`${jobRuns.id} = any(array${ids})`)
    .$dynamic();
}

type Row = Awaited<ReturnType<typeof selectLines>>[number];

export function toLine({ storeId, storeName, login, trying, ...row }: Row): RunLine {
  const about = () => {
    if (storeId !== null && storeName !== null)
      return { kind: "store" as const, id: storeId, name: storeName };
    return login === null ? null : { kind: "login" as const, login };
  };
  return {
    ...row,
    about: about(),
    progress: row.progress && toProgress(row.progress),
    attempt: trying?.attempt ?? 0,
    nextTryAt: trying?.nextAt ? new Date(trying.nextAt) : null,
    asleepUntil: row.asleepUntil === null ? null : new Date(row.asleepUntil),
    error: row.error ?? trying?.error ?? null,
  };
}

/** Runs by any of the filters, newest first. Without a kind, schedules that went well are left out. */
export async function runHistory(
  tx: Tx,
  caller: Caller,
  query: HistoryQuery,
  now: Date,
): Promise<{ lines: RunLine[]; total: number }> {
  const { store, kind, state, period, person, page } = query;
  const scope = await runScope(tx, caller);
  const scheduled = tx
    .select({ id: jobDefinitions.id })
    .from(jobDefinitions)
    .where(sql`${jobDefinitions.cron} is not null`);
  const fits = and(
    ofInterest,
    kind
      ? eq(jobRuns.job, kind)
      : or(
          sql`${jobRuns.job} not in ${scheduled}`,
          inArray(jobRuns.state, ["failed", "cancelled"]),
        ),
    store ? eq(jobRuns.subject, store) : undefined,
    state ? eq(jobRuns.state, state) : undefined,
    period ? gte(jobRuns.queuedAt, later(now, -periods[period] * DAY)) : undefined,
    person ? await askedBy(tx, person) : undefined,
  );
  const counted = selectIds(tx, scope, fits).limit(MOST_IN_HISTORY).as("counted");
  const [sum] = await tx.select({ total: sql<number>`count(*)::int` }).from(counted);
  const newest = [desc(jobRuns.queuedAt), desc(jobRuns.id)];
  const ids = selectIds(tx, scope, fits)
    .orderBy(...newest)
    .limit(HISTORY_PAGE)
    .offset((page - 1) * HISTORY_PAGE);
  const rows = await selectLines(tx, scope, ids).orderBy(...newest);
  return { lines: rows.map(toLine), total: sum?.total ?? 0 };
}

/** One run, by its own id or by that of its progress; null if the caller may not see it. */
export async function findRunLine(tx: Tx, caller: Caller, id: string): Promise<RunLine | null> {
  const scope = await runScope(tx, caller);
  const ids = selectIds(tx, scope, or(eq(jobRuns.id, id), eq(jobRuns.progressId, id)))
    .orderBy(desc(jobRuns.queuedAt))
    .limit(1);
  const [row] = await selectLines(tx, scope, ids);
  return row ? toLine(row) : null;
}

/** What the history can be narrowed by: the jobs there are, and the people who have started something. */
export async function historyChoices(tx: Tx, caller: Caller) {
  const jobs = await tx
    .select({ id: jobDefinitions.id })
    .from(jobDefinitions)
    .orderBy(asc(jobDefinitions.id));
  const { sees } = await runScope(tx, caller);
  const started = tx
    .select({ one: sql`1` })
    .from(runs)
    .innerJoin(jobRuns, eq(jobRuns.progressId, runs.id))
    .where(and(eq(runs.userId, users.id), sees));
  const retried = tx
    .select({ one: sql`1` })
    .from(jobRuns)
    .innerJoin(auditLog, wasRetried)
    .where(and(eq(auditLog.userId, users.id), sees));
  const people = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(or(exists(started), exists(retried)))
    .orderBy(asc(users.name));
  return { jobs: jobs.map(({ id }) => id), people };
}
