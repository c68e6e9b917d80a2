import { and, asc, desc, eq, gte, isNotNull, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { jobRuns } from "@/lib/db/schema/jobs";
import { maySeeRun } from "./access-queries";
import { MOST_COUNTED, type RunLine } from "./history-model";
import { selectLines, toLine } from "./history-queries";

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
  const open = (state: "running" | "queued") =>
    and(
      isNull(jobRuns.finishedAt),
      eq(jobRuns.state, state),
      store ? eq(jobRuns.subject, store) : undefined,
    );
  const running = await selectLines(tx, caller, open("running"))
    .orderBy(asc(jobRuns.startedAt), asc(jobRuns.id))
    .limit(MOST_RUNNING);
  const waiting = await selectLines(tx, caller, open("queued"))
    .orderBy(asc(jobRuns.queuedAt), asc(jobRuns.id))
    .limit(MOST_WAITING);
  const some = tx
    .select({ id: jobRuns.id })
    .from(jobRuns)
    .where(and(open("queued"), maySeeRun(tx, caller)))
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
        maySeeRun(tx, caller),
      ),
    )
    .orderBy(jobRuns.job, jobRuns.subject, desc(jobRuns.finishedAt))
    .as("latest");
  const settled = sql`exists (select from jobs.run later
    where later.retry_of = ${jobRuns.id}
      or (later.job = ${jobRuns.job} and later.state = 'completed'
        and later.finished_at > ${jobRuns.finishedAt}
        and later.subject is not distinct from ${jobRuns.subject}))`;
  const ids = tx.select({ id: latest.id }).from(latest);
  const rows = await selectLines(tx, caller, and(sql`${jobRuns.id} in ${ids}`, sql`not ${settled}`))
    .orderBy(desc(jobRuns.finishedAt))
    .limit(MOST_FAILED);
  const counts = new Map((await tx.select().from(latest)).map(({ id, times }) => [id, times]));
  return rows.map((row) => ({ ...toLine(row), times: counts.get(row.id) ?? 1 }));
}
