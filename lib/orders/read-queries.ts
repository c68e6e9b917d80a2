import { and, asc, eq, gt, gte, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { DAY, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { orderReads } from "@/lib/db/schema/orders";
import type { Progress } from "./window-rules";

export type ReadSource = (typeof orderReads.$inferSelect)["source"];

/** A store whose orders are read, and how: with its token, else in its cabinet. */
export type ReadStore = {
  id: string;
  name: string;
  merchantId: string;
  accountId: string | null;
  source: ReadSource;
};

const readBy = sql<ReadSource>`case when ${stores.apiToken} is not null then 'shop_api' else 'cabinet' end`;
/** A cabinet needs a login, and the seller's leave. Needs `kaspiAccounts`. */
export const hasSource = or(
  isNotNull(stores.apiToken),
  and(eq(stores.officialOnly, false), eq(kaspiAccounts.session, "valid")),
);
const mayBeRead = and(isNull(stores.archivedAt), eq(stores.isActive, true), hasSource);
const columns = {
  id: stores.id,
  name: stores.name,
  merchantId: stores.merchantId,
  accountId: stores.accountId,
  source: readBy,
};

/** For jobs: the store if its orders can be read now, else null. */
export async function storeToRead(tx: Tx, storeId: string): Promise<ReadStore | null> {
  const [store] = await tx
    .select(columns)
    .from(stores)
    .leftJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .where(and(eq(stores.id, storeId), mayBeRead));
  return store ?? null;
}

/** A person has saved another token since the last one was refused: it is tried at once. */
const hasNewToken = and(
  isNotNull(orderReads.lastErrorAt),
  gt(stores.apiTokenCheckedAt, orderReads.lastErrorAt),
);

/** Stores whose orders are due; `isFirst`: they were never read. */
export function storesDue(tx: Tx, now: Date): Promise<{ id: string; isFirst: boolean }[]> {
  return tx
    .select({ id: stores.id, isFirst: sql<boolean>`${orderReads.lastWholeAt} is null` })
    .from(stores)
    .leftJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .leftJoin(
      orderReads,
      and(eq(orderReads.storeId, stores.id), sql`${orderReads.source} = ${readBy}`),
    )
    .where(
      and(mayBeRead, or(isNull(orderReads.storeId), lte(orderReads.nextReadAt, now), hasNewToken)),
    )
    .orderBy(asc(stores.id));
}

export const isOf = ({ id, source }: Pick<ReadStore, "id" | "source">) =>
  and(eq(orderReads.storeId, id), eq(orderReads.source, source));

export type Which = Pick<ReadStore, "id" | "source">;

/** How far a store's orders were read; there is a row from now on. */
export async function readProgress(tx: Tx, store: Which, now: Date): Promise<Progress> {
  await tx
    .insert(orderReads)
    .values({ storeId: store.id, source: store.source, nextReadAt: now })
    .onConflictDoNothing();
  const [row] = await tx.select().from(orderReads).where(isOf(store));
  if (!row) throw new Error("a reading has vanished");
  const { historyDays, readFrom, readTo, lateReadAt, lateFrom } = row;
  return {
    historyFrom: later(now, -historyDays * DAY),
    ...{ readFrom, readTo, lateReadAt, lateFrom },
  };
}

export async function saveProgress(
  tx: Tx,
  store: Which,
  { readFrom, readTo, lateReadAt, lateFrom }: Progress,
): Promise<void> {
  await tx.update(orderReads).set({ readFrom, readTo, lateReadAt, lateFrom }).where(isOf(store));
}

/** How soon after one reading the next begins. */
const EVERY_MS = 10 * MINUTE;
/** A token that is refused is tried again, in case Kaspi errs; a new one at once. */
const AFTER_FAILURE_MS = 30 * MINUTE;

export const target = [orderReads.storeId, orderReads.source];

/** It was asked for: nobody asks again before its time, nor for the token that it is asked with now. */
export async function notDueBefore(tx: Tx, store: Which, now: Date): Promise<void> {
  const set = { nextReadAt: later(now, EVERY_MS), lastErrorAt: null };
  await tx
    .insert(orderReads)
    .values({ storeId: store.id, source: store.source, ...set })
    .onConflictDoUpdate({ target, set });
}

export async function dueNow(tx: Tx, store: Which, now: Date): Promise<void> {
  await tx
    .insert(orderReads)
    .values({ storeId: store.id, source: store.source, nextReadAt: now })
    .onConflictDoUpdate({ target, set: { nextReadAt: now } });
}

export async function noteWhole(
  tx: Tx,
  store: Which,
  unreadable: number,
  now: Date,
): Promise<void> {
  const nextReadAt = later(now, EVERY_MS);
  await tx
    .update(orderReads)
    .set({
      lastWholeAt: now,
      lastError: null,
      lastErrorAt: null,
      begunAt: null,
      unreadable,
      nextReadAt,
    })
    .where(isOf(store));
}

export async function noteFailure(
  tx: Tx,
  store: Which,
  lastError: string,
  now: Date,
): Promise<void> {
  const nextReadAt = later(now, AFTER_FAILURE_MS);
  const set = { lastError, lastErrorAt: now, begunAt: null, nextReadAt };
  await tx
    .insert(orderReads)
    .values({ storeId: store.id, source: store.source, ...set })
    .onConflictDoUpdate({ target, set });
}

/** What a reading that began then has failed of; null: nothing. */
export async function failureSince(tx: Tx, store: Which, began: Date): Promise<string | null> {
  const [row] = await tx
    .select({ lastError: orderReads.lastError })
    .from(orderReads)
    .where(and(isOf(store), gte(orderReads.lastErrorAt, began)));
  return row?.lastError ?? null;
}
