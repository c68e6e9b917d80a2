import { and, desc, eq, inArray, isNotNull, isNull, lt, not, or, sql } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { can, mayRead, mayWrite } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { notices } from "@/lib/db/schema/workspace";
import { type Notice, type NoticeKind, ofExits, type Severity } from "./model";

type NewNotice = {
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
export async function raiseNotice(tx: Tx, notice: NewNotice): Promise<void> {
  const { about, renewedAt, ...values } = notice;
  const renewed = renewedAt && { createdAt: renewedAt };
  await tx
    .insert(notices)
    .values({ key: keyOf(notice.kind, about), ...values, ...renewed, params: notice.params ?? {} })
    .onConflictDoUpdate({
      target: notices.key,
      targetWhere: isNull(notices.resolvedAt),
      set: { params: notice.params ?? {}, severity: notice.severity, ...renewed },
    });
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

/** Closes those of a kind that were raised before then: nobody has minded them. */
export async function resolveOld(tx: Tx, kind: NoticeKind, before: Date, now: Date): Promise<void> {
  await tx
    .update(notices)
    .set({ resolvedAt: now })
    .where(and(eq(notices.kind, kind), isNull(notices.resolvedAt), lt(notices.createdAt, before)));
}

/** What a buyer wrote is for whoever may read reviews, and theirs to put away. */
const ofReviews = eq(notices.kind, "low_review" satisfies NoticeKind);

const addressedTo = (caller: Caller, stores_: ReturnType<typeof mayRead>) =>
  or(
    eq(notices.userId, caller.id),
    and(isNotNull(notices.storeId), not(ofReviews), stores_),
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

/** What loses money first. */
const urgency = sql`array_position(array['danger', 'warning', 'info'], ${notices.severity})`;

/** The most urgent, of equals the newest. */
export async function listOpenNotices(tx: Tx, caller: Caller): Promise<Notice[]> {
  const rows = await tx
    .select({
      id: notices.id,
      kind: notices.kind,
      severity: notices.severity,
      storeId: notices.storeId,
      params: notices.params,
      createdAt: notices.createdAt,
      mayDismiss: sql<boolean>`coalesce(${addressedTo(caller, mayWrite(caller, "change_store"))}, false)`,
    })
    .from(notices)
    .leftJoin(stores, eq(stores.id, notices.storeId))
    .where(
      and(
        isNull(notices.resolvedAt),
        isNull(stores.archivedAt),
        addressedTo(caller, mayRead(caller)),
      ),
    )
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
    .where(and(eq(notices.id, id), addressedTo(caller, mayWrite(caller, "change_store"))));
  await tx.transaction(async (inner) => {
    const read = await inner
      .update(notices)
      .set({ resolvedAt: now })
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
