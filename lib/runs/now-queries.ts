import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, not, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { jobRuns } from "@/lib/db/schema/jobs";
import { runScope } from "./access-queries";
import { MOST_COUNTED, type RunLine } from "./history-model";
import { selectIds, selectLines, toLine } from "./history-queries";

const MOST_RUNNING = 50;
const MOST_WAITING = 10;
const MOST_FAILED = 20;
const OF_INTEREST_MS = 7 * DAY;

export type OpenRuns = { running: RunLine[]; waiting: RunLine[]; waitingCount: number };

/** What is under way, the longest first, and what waits for its turn. */
export async function openRuns(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
): Promise<OpenRuns> {
  const scope = await runScope(tx, caller);
  const open = (state: "running" | "queued") =>
    and(
      isNull(jobRuns.finishedAt),
      eq(jobRuns.state, state),
      store ? eq(jobRuns.subject, store) : undefined,
    );
  const oldest = [asc(jobRuns.queuedAt), asc(jobRuns.id)];
  const firstOf = (state: "running" | "queued", most: number) =>
    selectLines(
      tx,
      scope,
      selectIds(tx, scope, open(state))
        .orderBy(...oldest)
        .limit(most),
    ).orderBy(...oldest);
  const running = await firstOf("running", MOST_RUNNING);
  const waiting = await firstOf("queued", MOST_WAITING);
  const some = selectIds(tx, scope, open("queued"))
    .limit(MOST_COUNTED + 1)
    .as("some");
  const [sum] = await tx.select({ count: sql<number>`count(*)::int` }).from(some);
  return {
    running: running.map(toLine),
    waiting: waiting.map(toLine),
    waitingCount: sum?.count ?? 0,
  };
}

export type FailedWork = RunLine & {
  /** How often the same work has failed in the last days. */
  times: number;
};

/** Work whose last word is a failure: nobody has asked for it again, and it has not gone well since. */
export async function failedWork(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
  now: Date,
): Promise<FailedWork[]> {
  const scope = await runScope(tx, caller);
  const since = later(now, -OF_INTEREST_MS);
  const latest = tx
    .selectDistinctOn([jobRuns.job, jobRuns.subject], {
      id: jobRuns.id,
      finishedAt: jobRuns.finishedAt,
      times: sql<number>`count(*) over (partition by ${jobRuns.job}, ${jobRuns.subject})::int`.as(
        "times",
      ),
    })
    .from(jobRuns)
    .where(
      and(
        eq(jobRuns.state, "failed"),
        gte(jobRuns.finishedAt, since),
        isNotNull(jobRuns.finishedAt),
        store ? eq(jobRuns.subject, store) : undefined,
        scope.sees,
      ),
    )
    .orderBy(jobRuns.job, jobRuns.subject, desc(jobRuns.finishedAt))
    .as("latest");
  const doneAgain = sql`exists (select from jobs.run again where again.retry_of = ${jobRuns.id})`;
  const wentWell = sql`exists (select from jobs.run later
    where later.job = ${jobRuns.job} and later.state = 'completed'
      and later.finished_at > ${jobRuns.finishedAt}
      and later.subject is not distinct from ${jobRuns.subject})`;
  const failures = await tx.select().from(latest);
  if (failures.length === 0) return [];
  const counts = new Map(failures.map(({ id, times }) => [id, times]));
  const unsettled = and(inArray(jobRuns.id, [...counts.keys()]), not(doneAgain), not(wentWell));
  const ids = selectIds(tx, scope, unsettled).orderBy(desc(jobRuns.finishedAt)).limit(MOST_FAILED);
  const rows = await selectLines(tx, scope, ids).orderBy(desc(jobRuns.finishedAt));
  return rows.map((row) => ({ ...toLine(row), times: counts.get(row.id) ?? 1 }));
}
