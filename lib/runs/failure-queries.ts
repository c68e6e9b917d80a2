import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { jobRuns, type StoredError } from "@/lib/db/schema/jobs";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { notices, runs } from "@/lib/db/schema/workspace";

export type FailedRun = {
  subject: string | null;
  /** Who must know: whoever sees the store, else this person, else the owners. */
  storeId: string | null;
  userId: string | null;
  error: StoredError | null;
};

/** What the run was about and whose it is; null if it is not here, or a person has cancelled it. */
export async function failedRun(tx: Tx, id: string): Promise<FailedRun | null> {
  const [row] = await tx
    .select({
      subject: jobRuns.subject,
      storeId: stores.id,
      userId: sql<string | null>`coalesce(${kaspiAccounts.userId}, ${runs.userId})`,
      error: jobRuns.error,
    })
    .from(jobRuns)
    .leftJoin(stores, eq(stores.id, jobRuns.subject))
    .leftJoin(kaspiAccounts, eq(kaspiAccounts.id, jobRuns.subject))
    .leftJoin(runs, eq(runs.id, jobRuns.subject))
    .where(and(eq(jobRuns.id, id), ne(jobRuns.state, "cancelled")));
  return row ?? null;
}

/** Closes the notices of failed work that has gone well since. */
export async function settleFailures(tx: Tx, now: Date): Promise<number> {
  const wentWell = sql`exists (select from jobs.run
    where job = ${notices.params} ->> 'job' and state = 'completed'
      and finished_at > (${notices.params} ->> 'at')::timestamptz
      and coalesce(subject::text, '') = ${notices.params} ->> 'subject')`;
  const settled = await tx
    .update(notices)
    .set({ resolvedAt: now })
    .where(and(eq(notices.kind, "run_failed"), isNull(notices.resolvedAt), wentWell))
    .returning({ id: notices.id });
  return settled.length;
}
