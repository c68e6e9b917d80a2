import { and, asc, count, eq, gte, isNull, lt, not, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { orders } from "@/lib/db/schema/orders";
import { decisions } from "@/lib/db/schema/repricing";
import { tasks } from "@/lib/db/schema/tasks";
import { tellings } from "@/lib/db/schema/telegram";
import { isOverdue, isTheirs } from "@/lib/tasks/reach-queries";
import type { Digest } from "./topic-model";

const LISTED = 10;
/** A price that was decided earlier does not come to Kaspi any more; without a bound the whole ledger is read. */
const LONGEST_WAY_MS = 7 * DAY;

export type Overdue = { count: number; titles: string[] };

/** What is somebody's to do and late, the longest overdue first. */
export async function overdueOf(tx: Tx, userId: string, now: Date): Promise<Overdue> {
  const rows = await tx
    .select({ title: tasks.title, total: sql<number>`count(*) over ()`.mapWith(Number) })
    .from(tasks)
    .where(and(isOverdue(now), isTheirs(userId)))
    .orderBy(asc(tasks.dueAt), asc(tasks.id))
    .limit(LISTED);
  return { count: rows[0]?.total ?? 0, titles: rows.map(({ title }) => title) };
}

export type Day = { changes: number; orders: number; sum: number; frozen: number };

/** What has happened in the stores that somebody sees, between two moments; `frozen` waits at this one. */
export async function happenings(
  tx: Tx,
  caller: Caller,
  { from, until }: { from: Date; until: Date },
): Promise<Day> {
  const confirmed = await countDecisions(
    tx,
    caller,
    and(
      eq(decisions.kind, "change"),
      not(decisions.dryRun),
      gte(decisions.decidedAt, later(from, -LONGEST_WAY_MS)),
      lt(decisions.decidedAt, until),
      gte(decisions.confirmedAt, from),
      lt(decisions.confirmedAt, until),
    ),
  );
  const frozen = await countDecisions(tx, caller, eq(decisions.state, "frozen"));
  const [sold] = await tx
    .select({
      count: count(),
      sum: sql<number>`coalesce(sum(${orders.totalPrice}), 0)`.mapWith(Number),
    })
    .from(orders)
    .innerJoin(stores, eq(stores.id, orders.storeId))
    .where(
      and(
        isNull(stores.archivedAt),
        mayRead(caller, "view_order"),
        gte(orders.orderedAt, from),
        lt(orders.orderedAt, until),
      ),
    );
  return {
    changes: confirmed,
    frozen,
    orders: sold?.count ?? 0,
    sum: sold?.sum ?? 0,
  };
}

/** Of these, those about goods that somebody sees. */
async function countDecisions(tx: Tx, caller: Caller, which: SQL | undefined): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(and(which, isNull(stores.archivedAt), mayRead(caller, "view_product")));
  return row?.count ?? 0;
}

const subjectOf = (digest: Digest, date: string) => `${digest}:${date}`;

export async function isDigested(
  tx: Tx,
  { userId, digest, date }: { userId: string; digest: Digest; date: string },
): Promise<boolean> {
  const [known] = await tx
    .select({ id: tellings.id })
    .from(tellings)
    .where(and(eq(tellings.userId, userId), eq(tellings.subject, subjectOf(digest, date))));
  return known !== undefined;
}

type NewDigest = {
  userId: string;
  digest: Digest;
  date: string;
  /** Null: nothing has happened, and that is not told. */
  params: Record<string, string | number> | null;
};

/** Once a day, told or not: what happens after the hour of the digest is the next day's. */
export async function insertDigest(tx: Tx, given: NewDigest, now: Date): Promise<boolean> {
  const { userId, digest, date, params } = given;
  const made = await tx
    .insert(tellings)
    .values({
      ...{ userId, kind: digest, subject: subjectOf(digest, date), params: params ?? {} },
      ...{ createdAt: now, notBefore: now },
      ...(params === null && { state: "dropped" as const, trouble: "nothing" }),
    })
    .onConflictDoNothing()
    .returning({ id: tellings.id });
  return made.length > 0 && params !== null;
}
