import {
  and,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lt,
  not,
  notInArray,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { can, mayRead, mayWrite } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { notices } from "@/lib/db/schema/workspace";
import { type Notice, type NoticeKind, ofExits, ofTasks, type Severity, unbannered } from "./model";

export type NewNotice = {
  /** What it is about: the same open notice is not raised twice. */
  about: string;
  kind: NoticeKind;
  severity: Severity;
  userId?: string | null;
  storeId?: string | null;
  params?: Record<string, string | number>;
  /** It is news again, if it was open. */
  renewedAt?: Date;
};

const keyOf = (kind: NoticeKind, about: string) => `${kind}:${about}`;

/** Raises a notice, or refreshes the numbers of the one already open. */
export const raiseNotice = (tx: Tx, notice: NewNotice): Promise<void> => raiseNotices(tx, [notice]);

/**
 * The same for many, in at most two statements. They are told of in the order they are given; of two about
 * the same the later one counts.
 */
export async function raiseNotices(tx: Tx, given: readonly NewNotice[]): Promise<void> {
  const byKey = new Map(given.map((notice) => [keyOf(notice.kind, notice.about), notice]));
  const all = [...byKey].map(([key, { about: _, params = {}, ...notice }]) => ({
    key,
    ...notice,
    params,
  }));
  await upsert(
    tx,
    all.filter(({ renewedAt }) => !renewedAt),
    sql``,
  );
  const isNews = sql`, created_at = excluded.created_at, spread_at = null`;
  await upsert(
    tx,
    all.filter(({ renewedAt }) => renewedAt),
    isNews,
  );
}

/** Taken in the order of their keys, so that two who raise the same do not wait for each other in a circle. */
async function upsert(tx: Tx, rows: readonly object[], alsoSet: SQL): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into ${notices} (key, kind, severity, user_id, store_id, params, created_at)
    select key, kind, severity, "userId", "storeId", params,
      coalesce("renewedAt", now()) + (nth - 1) * interval '1 microsecond'
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (key text, kind text,
      severity text, "userId" uuid, "storeId" uuid, params jsonb, "renewedAt" timestamptz)
    ) with ordinality as n(key, kind, severity, "userId", "storeId", params, "renewedAt", nth)
    order by key collate "C"
    on conflict (key) where resolved_at is null
    do update set params = excluded.params, severity = excluded.severity${alsoSet}`);
}

/** The numbers of the open notice; null when none is. */
export async function openNotice(
  tx: Tx,
  kind: NoticeKind,
  about: string,
): Promise<Notice["params"] | null> {
  const [open] = await tx
    .select({ params: notices.params })
    .from(notices)
    .where(and(eq(notices.key, keyOf(kind, about)), isNull(notices.resolvedAt)));
  return open?.params ?? null;
}

/** Closes the notice; nothing happens when it is not open. */
export async function resolveNotice(
  tx: Tx,
  kind: NoticeKind,
  about: string,
  now: Date,
): Promise<void> {
  await tx
    .update(notices)
    .set({ resolvedAt: now })
    .where(and(eq(notices.key, keyOf(kind, about)), isNull(notices.resolvedAt)));
}

/** Closes those of these kinds about any of these; nothing happens to what is not open. */
export async function resolveNotices(
  tx: Tx,
  kinds: readonly NoticeKind[],
  abouts: readonly string[],
  now: Date,
): Promise<void> {
  const keys = kinds.flatMap((kind) => abouts.map((about) => keyOf(kind, about)));
  if (keys.length === 0) return;
  // Taken in the order of the keys, as where they are raised.
  const open = tx
    .select({ id: notices.id })
    .from(notices)
    .where(and(sql`${notices.key} = any(${sql.param(keys)}::text[])`, isNull(notices.resolvedAt)))
    .orderBy(sql`${notices.key} collate "C"`)
    .for("update");
  await tx.update(notices).set({ resolvedAt: now }).where(sql`${notices.id} in ${open}`);
}

/** Puts away those of a kind that were raised before then: nobody has minded them. */
export async function resolveOld(tx: Tx, kind: NoticeKind, before: Date, now: Date): Promise<void> {
  await tx
    .update(notices)
    .set({ resolvedAt: now, dismissedAt: now })
    .where(and(eq(notices.kind, kind), isNull(notices.resolvedAt), lt(notices.createdAt, before)));
}

/** What a buyer wrote is for whoever may read reviews, and theirs to put away. */
const ofReviews = eq(notices.kind, "low_review" satisfies NoticeKind);

/** What somebody's task says is theirs alone. */
const isOfTasks = inArray(notices.kind, ofTasks);

/** Which notices are for the caller. Needs `stores` beside `notices`. */
export const addressedTo = (caller: Caller, stores_: ReturnType<typeof mayRead>) =>
  or(
    eq(notices.userId, caller.id),
    and(isNotNull(notices.storeId), not(ofReviews), not(isOfTasks), stores_),
    and(isNotNull(notices.storeId), ofReviews, mayRead(caller, "view_review")),
    and(
      isNull(notices.userId),
      isNull(notices.storeId),
      caller.role === "owner"
        ? sql`true`
        : and(
            can(caller, "manage_proxies") ? sql`true` : sql`false`,
            inArray(notices.kind, ofExits),
          ),
    ),
  );

/** Whether it is for the caller. Goes into the WHERE of a query over notices beside `stores`, which may be missing. */
export const isFor = (caller: Caller) =>
  and(isNull(stores.archivedAt), addressedTo(caller, mayRead(caller)));

/** Whether the caller may put it away, for everybody. */
export const mayPutAway = (caller: Caller) => addressedTo(caller, mayWrite(caller, "change_store"));

/** What loses money first. */
const urgency = sql`array_position(array['danger', 'warning', 'info'], ${notices.severity})`;

/** What stands above every page: the most urgent, of equals the newest. */
export async function listOpenNotices(tx: Tx, caller: Caller): Promise<Notice[]> {
  const rows = await tx
    .select({
      id: notices.id,
      kind: notices.kind,
      severity: notices.severity,
      storeId: notices.storeId,
      params: notices.params,
      createdAt: notices.createdAt,
      mayDismiss: sql<boolean>`coalesce(${mayPutAway(caller)}, false)`,
    })
    .from(notices)
    .leftJoin(stores, eq(stores.id, notices.storeId))
    .where(and(isNull(notices.resolvedAt), notInArray(notices.kind, unbannered), isFor(caller)))
    .orderBy(urgency, desc(notices.createdAt), notices.id)
    .limit(20);
  return rows as Notice[];
}

/** A person has read it. What persists is raised again. */
export async function dismissNotice(tx: Tx, caller: Caller, id: string, now: Date): Promise<void> {
  const mine = tx
    .select({ id: notices.id })
    .from(notices)
    .leftJoin(stores, eq(stores.id, notices.storeId))
    .where(and(eq(notices.id, id), mayPutAway(caller)));
  await tx.transaction(async (inner) => {
    const read = await inner
      .update(notices)
      .set({ resolvedAt: now, dismissedAt: now })
      .where(and(sql`${notices.id} in ${mine}`, isNull(notices.resolvedAt)))
      .returning({ kind: notices.kind, storeId: notices.storeId });
    const entries = read.map(({ kind, storeId }) => ({
      at: now,
      userId: caller.id,
      storeId,
      action: "notice.dismissed" as const,
      subjectId: id,
      details: { notice: kind },
    }));
    await audit(inner, ...entries);
  });
}
