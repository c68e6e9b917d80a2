import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { attempts, mailingRuns, mailings } from "@/lib/db/schema/mailings";

/** Mailings whose time has come; where a second person must release them, only those that are released. */
export async function dueMailings(
  tx: Tx,
  { most, now, wantApproval }: { most: number; now: Date; wantApproval: boolean },
): Promise<number[]> {
  const rows = await tx
    .select({ id: mailings.id })
    .from(mailings)
    .where(
      and(
        eq(mailings.status, "created"),
        eq(mailings.isActive, true),
        lte(mailings.nextRunAt, now),
        or(isNull(mailings.lastAt), gt(mailings.lastAt, now)),
        wantApproval ? isNotNull(mailings.approvedAt) : undefined,
      ),
    )
    .orderBy(asc(mailings.nextRunAt), asc(mailings.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Runs that nobody sends just now, and of which something may leave, or be ended. */
export async function idleRuns(tx: Tx, most: number, now: Date): Promise<string[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const left = sql`select 1 from ${attempts} one where one.run_id = ${mailingRuns.id}
    and one.status in ('waiting', 'sending')`;
  const rows = await tx
    .select({ id: mailingRuns.id })
    .from(mailingRuns)
    .innerJoin(mailings, eq(mailings.id, mailingRuns.mailingId))
    .where(
      and(
        eq(mailingRuns.state, "running"),
        or(isNull(mailingRuns.workedUntil), lte(mailingRuns.workedUntil, now)),
        or(
          lte(mailings.lastAt, now),
          sql`not exists (${left})`,
          sql`exists (${left} and one.status = 'waiting' and one.next_at is null)`,
          sql`exists (${left} and one.status = 'waiting' and one.next_at <= ${at})`,
          sql`exists (${left} and one.status = 'sending' and one.lease_until <= ${at})`,
        ),
      ),
    )
    .orderBy(asc(mailingRuns.startedAt), asc(mailingRuns.id))
    .limit(most);
  return rows.map(({ id }) => id);
}
