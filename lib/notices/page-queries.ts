import { and, count, desc, eq, isNull, max, sql } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Db, Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { notices } from "@/lib/db/schema/workspace";
import type { Notice } from "./model";
import { isFor, mayPutAway } from "./queries";

export type NoticeLine = Notice & { storeName: string | null };

/** How many notices are open for the caller. */
export async function countNotices(tx: Tx, caller: Caller): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(notices)
    .leftJoin(stores, eq(stores.id, notices.storeId))
    .where(and(isNull(notices.resolvedAt), isFor(caller)));
  return row?.count ?? 0;
}

/** Everything open that is the caller's, the newest first. */
export async function noticesPage(
  tx: Tx,
  caller: Caller,
  { limit, offset }: { limit: number; offset: number },
): Promise<NoticeLine[]> {
  const rows = await tx
    .select({
      id: notices.id,
      kind: notices.kind,
      severity: notices.severity,
      storeId: notices.storeId,
      params: notices.params,
      createdAt: notices.createdAt,
      mayDismiss: sql<boolean>`coalesce(${mayPutAway(caller)}, false)`,
      storeName: stores.name,
    })
    .from(notices)
    .leftJoin(stores, eq(stores.id, notices.storeId))
    .where(and(isNull(notices.resolvedAt), isFor(caller)))
    .orderBy(desc(notices.createdAt), notices.id)
    .limit(limit)
    .offset(offset);
  return rows as NoticeLine[];
}

/** What the caller may put away: how many, and when the newest came. */
export async function noticesToPutAway(
  tx: Tx,
  caller: Caller,
): Promise<{ count: number; until: Date | null }> {
  const [row] = await tx
    .select({ count: count(), until: max(notices.createdAt) })
    .from(notices)
    .leftJoin(stores, eq(stores.id, notices.storeId))
    .where(and(isNull(notices.resolvedAt), isFor(caller), mayPutAway(caller)));
  return row ?? { count: 0, until: null };
}

/**
 * Whatever the caller may put away and has come `until` then is read: what came after that they have not seen.
 * What persists is raised again. Returns how many it were.
 */
export function dismissAll(
  db: Db,
  caller: Caller,
  { until, now }: { until: Date; now: Date },
): Promise<number> {
  // The page knows a moment to the millisecond.
  const isSeen = sql`date_trunc('milliseconds', ${notices.createdAt}) <= ${until.toISOString()}::timestamptz`;
  return db.transaction(async (tx) => {
    const mine = tx
      .select({ id: notices.id })
      .from(notices)
      .leftJoin(stores, eq(stores.id, notices.storeId))
      .where(and(isNull(notices.resolvedAt), isFor(caller), mayPutAway(caller), isSeen))
      .orderBy(sql`${notices.key} collate "C"`)
      .for("update", { of: notices });
    const read = await tx
      .update(notices)
      .set({ resolvedAt: now, dismissedAt: now })
      .where(sql`${notices.id} in ${mine}`)
      .returning({ id: notices.id, kind: notices.kind, storeId: notices.storeId });
    const entries = read.map(({ id: subjectId, kind, storeId }) => ({
      ...{ at: now, userId: caller.id, storeId, subjectId },
      action: "notice.dismissed" as const,
      details: { notice: kind },
    }));
    await audit(tx, ...entries);
    return read.length;
  });
}
