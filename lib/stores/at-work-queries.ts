import { and, asc, eq, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { feeds } from "@/lib/db/schema/feeds";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { runs, workspace } from "@/lib/db/schema/workspace";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { FEED_SYNC_MINUTES } from "@/lib/workspace/settings-queries";
import type { Store } from "./queries";

const isOpen = isNull(stores.archivedAt);

/** For jobs: the store if it is at work, else null. */
export async function storeAtWork(
  tx: Tx,
  storeId: string,
): Promise<(Store & { accountId: string }) | null> {
  const [store] = await tx
    .select()
    .from(stores)
    .where(and(eq(stores.id, storeId), isOpen, isAtWork, isNotNull(stores.accountId)));
  return store?.accountId ? { ...store, accountId: store.accountId } : null;
}

export async function storesDueForSync(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx
    .select({ id: stores.id })
    .from(stores)
    .innerJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .where(
      and(
        isOpen,
        isAtWork,
        eq(kaspiAccounts.session, "valid"),
        or(isNull(stores.nextSyncAt), lte(stores.nextSyncAt, now)),
      ),
    );
  return rows.map((row) => row.id);
}

/** A walk has ended: when the next one is due, whether or not this one was complete. */
export async function scheduleNextSync(
  tx: Tx,
  storeId: string,
  succeeded: boolean,
  now: Date,
): Promise<void> {
  const [settings] = await tx.select({ minutes: workspace.syncEveryMinutes }).from(workspace);
  // A list that Kaspi fetches rests on what was seen lately.
  const isFetched = (await tx.$count(feeds, and(eq(feeds.storeId, storeId), feeds.isOn))) > 0;
  const set = settings?.minutes ?? 360;
  const minutes = isFetched ? Math.min(set, FEED_SYNC_MINUTES) : set;
  const waitMs = succeeded ? minutes * MINUTE : 15 * MINUTE;
  await tx
    .update(stores)
    .set({ nextSyncAt: later(now, waitMs), ...(succeeded && { lastSyncAt: now }) })
    .where(eq(stores.id, storeId));
}

/** The walk of this run has met Kaspi's whole list: what is known dates from its beginning. */
export async function noteWhole(tx: Tx, storeId: string, runId: string): Promise<void> {
  const began = tx.select({ at: runs.startedAt }).from(runs).where(eq(runs.id, runId));
  await tx
    .update(stores)
    .set({ wholeSince: sql`(${began})` })
    .where(eq(stores.id, storeId));
}

/** How soon Kaspi's list is read again where a list that is fetched waits for it. */
const DOUBT_MS = 2 * MINUTE;

/**
 * Goods that were on sale were not met: nobody says that what is known is all there is before another walk has
 * met it all. Where Kaspi fetches the list, that walk is due soon.
 */
export async function doubtWhole(tx: Tx, storeId: string, now: Date): Promise<void> {
  const isFetched = sql`exists (select from ${feeds} f where f.store_id = ${stores}.id and f.is_on)`;
  await tx
    .update(stores)
    .set({
      wholeSince: null,
      nextSyncAt: sql`case when ${isFetched} then ${later(now, DOUBT_MS).toISOString()}::timestamptz
        else ${stores.nextSyncAt} end`,
    })
    .where(eq(stores.id, storeId));
}

/** Kaspi's list is read as soon as somebody looks for what is due. */
export async function makeSyncDue(tx: Tx, storeId: string, now: Date): Promise<void> {
  await tx.update(stores).set({ nextSyncAt: now }).where(eq(stores.id, storeId));
}

/** For commands, which act for the whole installation: one store, or every store at work. */
export async function storesForCycle(
  tx: Tx,
  storeId: string | null,
): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: stores.id, name: stores.name })
    .from(stores)
    .where(
      and(
        isOpen,
        isAtWork,
        isNotNull(stores.accountId),
        storeId ? eq(stores.id, storeId) : undefined,
      ),
    )
    .orderBy(asc(stores.name), asc(stores.id));
}
