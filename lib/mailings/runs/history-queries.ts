import { and, asc, desc, eq, gt, ilike } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { attempts, mailingRuns } from "@/lib/db/schema/mailings";
import { users } from "@/lib/db/schema/workspace";
import type { AttemptListQuery } from "../list-model";

export const ATTEMPTS_PER_PAGE = 100;

/** The runs of a mailing that the caller has been shown to see, the newest first, side by side. */
export async function runsOf(tx: Tx, mailingId: number, most: number) {
  return tx
    .select({
      id: mailingRuns.id,
      number: mailingRuns.number,
      trigger: mailingRuns.trigger,
      state: mailingRuns.state,
      pauseReason: mailingRuns.pauseReason,
      startedAt: mailingRuns.startedAt,
      endedAt: mailingRuns.endedAt,
      startedBy: users.name,
      total: mailingRuns.total,
      succeeded: mailingRuns.succeeded,
      failed: mailingRuns.failed,
      skipped: mailingRuns.skipped,
      unknown: mailingRuns.unknown,
    })
    .from(mailingRuns)
    .leftJoin(users, eq(users.id, mailingRuns.startedBy))
    .where(eq(mailingRuns.mailingId, mailingId))
    .orderBy(desc(mailingRuns.number))
    .limit(most);
}

export type RunRow = Awaited<ReturnType<typeof runsOf>>[number];

/** A part of a run's attempts, in the order in which they are sent; goes on after the one with that number. */
export async function attemptsOf(
  tx: Tx,
  runId: string,
  { status, q, after }: AttemptListQuery,
  limit: number,
) {
  const rows = await tx
    .select()
    .from(attempts)
    .where(
      and(
        eq(attempts.runId, runId),
        status ? eq(attempts.status, status) : undefined,
        q ? ilike(attempts.email, `%${q.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
        after ? gt(attempts.nth, after) : undefined,
      ),
    )
    .orderBy(asc(attempts.nth))
    .limit(limit + 1);
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
}

export type AttemptRow = Awaited<ReturnType<typeof attemptsOf>>["rows"][number];

/** The run of a mailing with this number, the newest without one. */
export async function runNumbered(tx: Tx, mailingId: number, number: number | null) {
  const [run] = await tx
    .select({ id: mailingRuns.id, number: mailingRuns.number })
    .from(mailingRuns)
    .where(
      and(
        eq(mailingRuns.mailingId, mailingId),
        number === null ? undefined : eq(mailingRuns.number, number),
      ),
    )
    .orderBy(desc(mailingRuns.number))
    .limit(1);
  return run ?? null;
}
