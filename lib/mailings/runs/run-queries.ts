import { and, desc, eq, gt, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { attempts, mailingRecipients, mailingRuns, mailings } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { users, workspace } from "@/lib/db/schema/workspace";

export type Run = typeof mailingRuns.$inferSelect;
export type Trigger = Run["trigger"];
export type Mailing = typeof mailings.$inferSelect;

/** The mailing, locked until the transaction ends. */
export async function lockMailing(tx: Tx, id: number): Promise<Mailing | null> {
  const [mailing] = await tx
    .select()
    .from(mailings)
    .where(eq(mailings.id, id))
    .for("no key update");
  return mailing ?? null;
}

export async function mailingById(tx: Tx, id: number): Promise<Mailing | null> {
  const [mailing] = await tx.select().from(mailings).where(eq(mailings.id, id));
  return mailing ?? null;
}

export async function updateMailing(
  tx: Tx,
  id: number,
  set: Partial<typeof mailings.$inferInsert>,
): Promise<void> {
  await tx.update(mailings).set(set).where(eq(mailings.id, id));
}

export async function runById(tx: Tx, id: string): Promise<Run | null> {
  const [run] = await tx.select().from(mailingRuns).where(eq(mailingRuns.id, id));
  return run ?? null;
}

/** The run, locked until the transaction ends. The mailing is locked before it by whoever needs both. */
export async function lockRun(tx: Tx, id: string): Promise<Run | null> {
  const [run] = await tx
    .select()
    .from(mailingRuns)
    .where(eq(mailingRuns.id, id))
    .for("no key update");
  return run ?? null;
}

/** Whether it goes on, until when, whether its owner is still let in, and what the office lets leave. */
export async function standOf(tx: Tx, id: string) {
  const { lettersPerMinute, lettersPerHour } = workspace;
  const [stand] = await tx
    .select({
      ...{ state: mailingRuns.state, lastAt: mailings.lastAt, hasOwner: users.isActive },
      ...{ lettersPerMinute, lettersPerHour },
    })
    .from(mailingRuns)
    .innerJoin(mailings, eq(mailings.id, mailingRuns.mailingId))
    .innerJoin(users, eq(users.id, mailings.ownerId))
    .innerJoin(workspace, sql`true`)
    .where(eq(mailingRuns.id, id));
  return stand ?? null;
}

/** The newest of a mailing. */
export async function lastRun(tx: Tx, mailingId: number): Promise<Run | null> {
  const [run] = await tx
    .select()
    .from(mailingRuns)
    .where(eq(mailingRuns.mailingId, mailingId))
    .orderBy(desc(mailingRuns.number))
    .limit(1);
  return run ?? null;
}

export async function numberedRun(tx: Tx, mailingId: number, number: number): Promise<Run | null> {
  const [run] = await tx
    .select()
    .from(mailingRuns)
    .where(and(eq(mailingRuns.mailingId, mailingId), eq(mailingRuns.number, number)));
  return run ?? null;
}

export async function lastNumber(tx: Tx, mailingId: number): Promise<number> {
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(${mailingRuns.number}), 0)::int` })
    .from(mailingRuns)
    .where(eq(mailingRuns.mailingId, mailingId));
  return row?.last ?? 0;
}

/** The owner's recipients who are meant: all, those with a tag, those chosen one by one. */
export const isMeant = ({ id, ownerId, toAll, tags }: Mailing): SQL => {
  const chosen = sql`exists (select 1 from ${mailingRecipients} chosen
    where chosen.mailing_id = ${id} and chosen.recipient_id = ${recipients.id})`;
  const who = toAll
    ? sql`true`
    : sql`(${recipients.tags} && ${sql.param(tags)}::text[] or ${chosen})`;
  return sql`${recipients.ownerId} = ${ownerId} and ${who}`;
};

/** Letters leave in the order in which their recipients were written down, those of one file by their addresses. */
export const inTurn = sql`${recipients.createdAt}, lower(${recipients.email})`;

/** Why somebody who is meant gets no letter; null when they do. */
export const skipReason = sql<"unsubscribed" | "bounced" | null>`case
  when ${recipients.unsubscribedAt} is not null then 'unsubscribed'
  when ${recipients.bouncedAt} is not null then 'bounced' end`;

export type NewRun = typeof mailingRuns.$inferInsert;

/** The run with an attempt for everybody who is meant, in one statement however many they are. */
export async function insertRun(
  tx: Tx,
  values: Omit<NewRun, "total">,
  who: SQL,
  now: Date,
): Promise<Run> {
  const [run] = await tx
    .insert(mailingRuns)
    .values({ ...values, total: 0 })
    .returning();
  if (!run) throw new Error("insert into mailing_runs returned nothing");
  const at = sql`${now.toISOString()}::timestamptz`;
  await tx.execute(sql`
    insert into ${attempts} (mailing_id, run_id, run_number, trigger_type, recipient_id, email,
      full_name, nth, status, reason, at)
    select ${run.mailingId}, ${run.id}, ${run.number}, ${run.trigger}, ${recipients.id},
      ${recipients.email}, ${recipients.fullName},
      row_number() over (order by ${inTurn}),
      case when ${skipReason} is null then 'waiting' else 'skipped' end, ${skipReason},
      case when ${skipReason} is null then null else ${at} end
    from ${recipients} where ${who}`);
  const [counted] = await tx
    .update(mailingRuns)
    .set({
      total: sql`(select count(*) from ${attempts} where run_id = ${run.id})`,
      skipped: sql`(select count(*) from ${attempts} where run_id = ${run.id} and status = 'skipped')`,
    })
    .where(eq(mailingRuns.id, run.id))
    .returning();
  return counted ?? run;
}

/** Recipients of a run's attempts with that end, or of one of them; not who has, or may have, the letter of a later run. */
export const triedWith = (
  { id, mailingId, number }: Pick<Run, "id" | "mailingId" | "number">,
  { end, attemptId }: { end: "failure" | "unknown"; attemptId: string | null },
): SQL => {
  const one = attemptId === null ? sql`true` : sql`tried.id = ${attemptId}::uuid`;
  return sql`${recipients.id} in (select tried.recipient_id from ${attempts} tried
      where tried.run_id = ${id} and tried.status = ${end} and ${one})
    and not exists (select 1 from ${attempts} since
      where since.recipient_id = ${recipients.id} and since.mailing_id = ${mailingId}
        and since.run_number > ${number} and since.status in ('success', 'unknown', 'sending'))`;
};

/** Takes the run for whoever sends it; false while somebody else does. */
export async function takeRun(
  tx: Tx,
  id: string,
  { by, now, until }: { by: string; now: Date; until: Date },
): Promise<boolean> {
  const taken = await tx
    .update(mailingRuns)
    .set({ workedBy: by, workedUntil: until })
    .where(
      and(
        eq(mailingRuns.id, id),
        eq(mailingRuns.state, "running"),
        or(
          isNull(mailingRuns.workedUntil),
          lte(mailingRuns.workedUntil, now),
          eq(mailingRuns.workedBy, by),
        ),
      ),
    )
    .returning({ id: mailingRuns.id });
  return taken.length > 0;
}

export async function leaveRun(tx: Tx, id: string, by: string): Promise<void> {
  await tx
    .update(mailingRuns)
    .set({ workedBy: null, workedUntil: null })
    .where(and(eq(mailingRuns.id, id), eq(mailingRuns.workedBy, by)));
}

export async function updateRun(
  tx: Tx,
  id: string,
  set: Partial<typeof mailingRuns.$inferInsert>,
): Promise<void> {
  await tx.update(mailingRuns).set(set).where(eq(mailingRuns.id, id));
}

/** Whether a run of somebody's message is under way: the letter stays as it is until then. */
export async function isBeingSent(tx: Tx, messageId: string): Promise<boolean> {
  const [one] = await tx
    .select({ id: mailingRuns.id })
    .from(mailingRuns)
    .innerJoin(mailings, eq(mailings.id, mailingRuns.mailingId))
    .where(
      and(
        eq(mailings.messageId, messageId),
        or(eq(mailingRuns.state, "running"), eq(mailingRuns.state, "paused")),
        gt(mailingRuns.total, 0),
      ),
    )
    .limit(1);
  return one !== undefined;
}
