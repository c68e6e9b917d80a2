import { and, asc, eq, getTableColumns, inArray, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { attempts, mailingRuns } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { skipReason } from "./run-queries";

export type Attempt = typeof attempts.$inferSelect;
export type AttemptStatus = Attempt["status"];

const isAtWork = sql`${attempts.status} in ('waiting', 'sending')`;

/** Why somebody who was meant when the run began gets its letter no more. */
type Silence = "unsubscribed" | "bounced" | "deleted";
export type Taken = Attempt & { silence: Silence | null };

/**
 * Takes the next letter of a running run: from now on it is with the server, unless its recipient is to get none any
 * more. Null when none may leave now. First those whose time has come again, then the others in their order: both as
 * their index has them, however many wait.
 */
export async function takeAttempt(
  tx: Tx,
  runId: string,
  { now, leaseUntil }: { now: Date; leaseUntil: Date },
): Promise<Taken | null> {
  const first = (when: SQL) =>
    tx
      .select({ id: attempts.id })
      .from(attempts)
      .where(and(eq(attempts.runId, runId), isAtWork, eq(attempts.status, "waiting"), when))
      .orderBy(asc(attempts.nextAt), asc(attempts.nth))
      .limit(1)
      .for("update", { skipLocked: true });
  const isAgain = sql`${attempts.nextAt} <= ${now.toISOString()}::timestamptz`;
  const isRunning = sql`exists (select 1 from ${mailingRuns}
    where ${mailingRuns.id} = ${runId} and ${mailingRuns.state} = 'running')`;
  const next = sql`coalesce(${first(isAgain)}, ${first(isNull(attempts.nextAt))})`;
  const [taken] = await tx
    .update(attempts)
    .set({ status: "sending", leaseUntil, tries: sql`${attempts.tries} + 1` })
    .where(and(eq(attempts.id, next), isRunning))
    .returning({
      ...getTableColumns(attempts),
      silence: sql<Silence | null>`case when ${attempts.recipientId} is null then 'deleted' else
        (select ${skipReason} from ${recipients} where ${recipients.id} = ${attempts.recipientId}) end`,
    });
  return taken ?? null;
}

export type Ended = Pick<Attempt, "status"> &
  Partial<Pick<Attempt, "smtpCode" | "serverResponse" | "reason" | "nextAt" | "at">>;

const counters = {
  success: "succeeded",
  failure: "failed",
  unknown: "unknown",
  skipped: "skipped",
} as const;

/** Keeps what became of a letter and counts it, unless its lease was over and it counts as unknown already. */
export async function settleAttempt(tx: Tx, taken: Attempt, ended: Ended): Promise<boolean> {
  const settled = tx
    .update(attempts)
    .set({ leaseUntil: null, ...ended })
    .where(
      and(
        eq(attempts.id, taken.id),
        eq(attempts.status, "sending"),
        eq(attempts.tries, taken.tries),
      ),
    )
    .returning({ runId: attempts.runId });
  if (!(ended.status in counters)) return (await settled).length > 0;
  const column = mailingRuns[counters[ended.status as keyof typeof counters]];
  const counted = await tx.execute(sql`with settled as ${settled}
    update ${mailingRuns} set ${sql.identifier(column.name)} = ${column} + 1
    from settled where ${mailingRuns.id} = settled.run_id returning 1`);
  return counted.length > 0;
}

async function count(tx: Tx, runId: string, status: keyof typeof counters, by: number) {
  const column = mailingRuns[counters[status]];
  await tx
    .update(mailingRuns)
    .set({ [counters[status]]: sql`${column} + ${by}` })
    .where(eq(mailingRuns.id, runId));
}

/** What was on its way when whoever sent it died: nobody knows whether it arrived. Answers how many. */
export async function markUnknown(tx: Tx, runId: string, now: Date): Promise<number> {
  const lost = await tx
    .update(attempts)
    .set({ status: "unknown", reason: "interrupted", leaseUntil: null, at: now })
    .where(
      and(
        eq(attempts.runId, runId),
        isAtWork,
        eq(attempts.status, "sending"),
        lte(attempts.leaseUntil, now),
      ),
    )
    .returning({ id: attempts.id });
  if (lost.length > 0) await count(tx, runId, "unknown", lost.length);
  return lost.length;
}

/** When something of the run may go on; null when all of it has come to its end. */
export async function nextMoment(tx: Tx, runId: string, now: Date): Promise<Date | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await tx
    .select({
      at: sql<string | null>`min(case ${attempts.status} when 'sending' then ${attempts.leaseUntil}
        else coalesce(${attempts.nextAt}, ${at}) end)`,
    })
    .from(attempts)
    .where(and(eq(attempts.runId, runId), isAtWork));
  return row?.at ? new Date(row.at) : null;
}

/** Whatever has not left yet leaves no more, and says why. The run is locked. */
export async function endWaiting(
  tx: Tx,
  runId: string,
  ended: { status: "failure" | "skipped"; reason: string; at: Date },
): Promise<void> {
  const left = await tx
    .update(attempts)
    .set(ended)
    .where(and(eq(attempts.runId, runId), isAtWork, eq(attempts.status, "waiting")))
    .returning({ id: attempts.id });
  if (left.length > 0) await count(tx, runId, ended.status, left.length);
}

/** Runs that were stopped while a letter was on its way, whose sender has died since. */
export async function stoppedWithLost(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: mailingRuns.id })
    .from(mailingRuns)
    .innerJoin(attempts, eq(attempts.runId, mailingRuns.id))
    .where(
      and(
        inArray(mailingRuns.state, ["paused", "cancelled"]),
        eq(attempts.status, "sending"),
        lte(attempts.leaseUntil, now),
      ),
    );
  return rows.map(({ id }) => id);
}
