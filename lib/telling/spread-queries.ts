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

/** News for one person alone, whatever they see otherwise. */
const isPersonal = ({ userId, storeId }: Unspread) => userId !== null && storeId === null;

/** Tellings of what is for one person each, for those who want it; of what was told none. */
export async function tellPersonal(
  tx: Tx,
  people: readonly Listener[],
  some: readonly Unspread[],
  now: Date,
): Promise<void> {
  const offOf = new Map(people.map(({ caller, settings }) => [caller.id, settings.off]));
  const wanted = some.filter((notice) => {
    const off = offOf.get(notice.userId ?? "");
    return isPersonal(notice) && off !== undefined && isWanted(notice.kind, off);
  });
  await insertFor(tx, sql`${notices.userId}`, wanted, sql`true`, now);
}

/** A telling of each of the others that the listener may see and wants. */
export async function tellOne(
  tx: Tx,
  { caller, settings }: Listener,
  some: readonly Unspread[],
  now: Date,
): Promise<void> {
  const wanted = some.filter(
    (notice) => !isPersonal(notice) && isWanted(notice.kind, settings.off),
  );
  await insertFor(tx, sql`${caller.id}::uuid`, wanted, isFor(caller) ?? sql`false`, now);
}

async function insertFor(
  tx: Tx,
  userId: SQL,
  wanted: readonly Unspread[],
  mayHear: SQL,
  now: Date,
): Promise<void> {
  if (wanted.length === 0) return;
  const ids = wanted.map(({ id }) => id);
  await tx.execute(sql`
    insert into ${tellings} (user_id, subject, kind, store_id, params, created_at, not_before)
    select ${userId}, ${subjectOf}, ${notices.kind}, ${notices.storeId}, ${notices.params},
      ${notices.createdAt}, ${now.toISOString()}
    from ${notices} left join ${stores} on ${eq(stores.id, notices.storeId)}
    where ${notices.id} = any(${sql.param(ids)}::uuid[]) and ${mayHear}
    on conflict do nothing`);
}

/** Once for each time that it was news. */
const subjectOf: SQL = sql`'notice:' || ${notices.id} || ':'
  || (extract(epoch from ${notices.createdAt}) * 1000000)::bigint`;
