import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { tellings } from "@/lib/db/schema/telegram";
import { notices } from "@/lib/db/schema/workspace";
import type { NoticeKind } from "@/lib/notices/model";
import { isFor } from "@/lib/notices/queries";
import type { Listener } from "./listener-queries";
import { isWanted } from "./topic-model";

export type Unspread = {
  id: string;
  kind: NoticeKind;
  userId: string | null;
  storeId: string | null;
};

/** One spreads at a time, so that what came first is told first. False: another does. */
export async function aloneSpreading(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ alone: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('tellings'), hashtext('spread')) as alone`,
  );
  return row?.alone ?? false;
}

/**
 * Open notices that nobody was told of elsewhere, the oldest first. Who raises them waits for us and we for nobody:
 * what is being renewed at this moment is the next minute's.
 */
export async function unspread(tx: Tx, most: number): Promise<Unspread[]> {
  const rows = await tx
    .select({
      id: notices.id,
      kind: notices.kind,
      userId: notices.userId,
      storeId: notices.storeId,
    })
    .from(notices)
    .where(and(isNull(notices.spreadAt), isNull(notices.resolvedAt)))
    .orderBy(asc(notices.createdAt), asc(notices.id))
    .limit(most)
    .for("update", { skipLocked: true });
  return rows as Unspread[];
}

/** From now on these are told, whoever heard of them. */
export async function markSpread(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  await tx
    .update(notices)
    .set({ spreadAt: now })
    .where(inArray(notices.id, [...ids]));
}

/** What is over before anybody was told of it is told no more. */
export async function passOverResolved(tx: Tx, now: Date): Promise<void> {
  const over = tx
    .select({ id: notices.id })
    .from(notices)
    .where(and(isNull(notices.spreadAt), isNotNull(notices.resolvedAt)))
    .for("update", { skipLocked: true });
  await tx.update(notices).set({ spreadAt: now }).where(inArray(notices.id, over));
}

/** A telling of each of these that the listener may see and wants; of what was told none. */
export async function tellOne(
  tx: Tx,
  { caller, settings }: Listener,
  some: readonly Unspread[],
  now: Date,
): Promise<void> {
  const mayBeTheirs = ({ userId, storeId }: Unspread) =>
    storeId !== null || userId === null || userId === caller.id;
  const ids = some
    .filter((notice) => mayBeTheirs(notice) && isWanted(notice.kind, settings.off))
    .map(({ id }) => id);
  if (ids.length === 0) return;
  const those = and(sql`${notices.id} = any(${sql.param(ids)}::uuid[])`, isFor(caller));
  await tx.execute(sql`
    insert into ${tellings} (user_id, subject, kind, store_id, params, created_at, not_before)
    select ${caller.id}, ${subjectOf}, ${notices.kind}, ${notices.storeId}, ${notices.params},
      ${notices.createdAt}, ${now.toISOString()}
    from ${notices} left join ${stores} on ${eq(stores.id, notices.storeId)}
    where ${those}
    on conflict do nothing`);
}

/** Once for each time that it was news. */
const subjectOf: SQL = sql`'notice:' || ${notices.id} || ':'
  || (extract(epoch from ${notices.createdAt}) * 1000000)::bigint`;
