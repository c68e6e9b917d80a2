import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { feedPulls, feeds } from "@/lib/db/schema/feeds";
import { stores } from "@/lib/db/schema/kaspi";
import { priceLists } from "@/lib/db/schema/price-lists";
import { decisions } from "@/lib/db/schema/repricing";
import { waitsInFeed } from "@/lib/repricing/send/feed-queries";

export type Feed = typeof feeds.$inferSelect;
type FeedPull = typeof feedPulls.$inferInsert;

const served = {
  storeId: feeds.storeId,
  basicHash: feeds.basicHash,
  listId: feeds.listId,
  heldSince: feeds.heldSince,
  heldUntil: feeds.heldUntil,
  name: stores.name,
  merchantId: stores.merchantId,
  hash: priceLists.hash,
  number: priceLists.number,
  checkedAt: priceLists.checkedAt,
  madeAt: priceLists.madeAt,
  errors: priceLists.errors,
};

/** What is served at an address: the store, and the version chosen last. */
export type ServedFeed = NonNullable<Awaited<ReturnType<typeof feedByToken>>>;

/** The feed with this token that is on, of a store that is not archived. */
export async function feedByToken(tx: Tx, tokenHash: string) {
  const [feed] = await tx
    .select(served)
    .from(feeds)
    .innerJoin(stores, eq(stores.id, feeds.storeId))
    .leftJoin(priceLists, eq(priceLists.id, feeds.listId))
    .where(and(eq(feeds.tokenHash, tokenHash), eq(feeds.isOn, true), isNull(stores.archivedAt)));
  return feed ?? null;
}

/** Whether prices wait in this version: whoever has it already has not seen them. */
export async function hasWaiting(tx: Tx, listId: string): Promise<boolean> {
  const found = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.listId, listId), waitsInFeed))
    .limit(1);
  return found.length > 0;
}

/** Nothing else of the store leaves until then. Call it with the store taken. */
export async function holdFeed(
  tx: Tx,
  storeId: string,
  { since, until }: { since: Date; until: Date },
): Promise<void> {
  await tx
    .update(feeds)
    .set({ heldSince: since, heldUntil: until })
    .where(eq(feeds.storeId, storeId));
}

/** Others may leave again: nothing was fetched. */
export async function releaseFeed(tx: Tx, storeId: string): Promise<void> {
  await tx.update(feeds).set({ heldUntil: null }).where(eq(feeds.storeId, storeId));
}

/** From now on this version is served. Call it with the feed taken. */
export async function chooseVersion(tx: Tx, storeId: string, listId: string): Promise<void> {
  await tx.update(feeds).set({ listId }).where(eq(feeds.storeId, storeId));
}

/** Whoever comes more often is not written into the feed's own row each time. */
const QUIET_MS = MINUTE;

/** Writes down who came and what they got. */
export async function notePull(tx: Tx, pull: FeedPull): Promise<void> {
  await tx.insert(feedPulls).values(pull);
  const { storeId, at } = pull;
  if (pull.outcome === "served")
    await tx.update(feeds).set({ lastPullAt: at, fetchedAt: at }).where(eq(feeds.storeId, storeId));
  if (pull.outcome === "unchanged")
    await tx
      .update(feeds)
      .set({ lastPullAt: at })
      .where(and(eq(feeds.storeId, storeId), lt(feeds.lastPullAt, later(at, -QUIET_MS))));
}

/** The feed of a store that the caller may see; null: none was ever made. */
export async function findFeed(tx: Tx, caller: Caller, storeId: string): Promise<Feed | null> {
  const [row] = await tx
    .select({ feed: feeds })
    .from(feeds)
    .innerJoin(stores, eq(stores.id, feeds.storeId))
    .where(and(eq(feeds.storeId, storeId), mayRead(caller, "view_product")));
  return row?.feed ?? null;
}

const PULLS_SHOWN = 20;

/** Who came lately, the last first. */
export async function latestPulls(tx: Tx, caller: Caller, storeId: string) {
  const rows = await tx
    .select({ pull: feedPulls })
    .from(feedPulls)
    .innerJoin(stores, eq(stores.id, feedPulls.storeId))
    .where(and(eq(feedPulls.storeId, storeId), mayRead(caller, "view_product")))
    .orderBy(desc(feedPulls.at), desc(feedPulls.id))
    .limit(PULLS_SHOWN);
  return rows.map(({ pull }) => pull);
}

/** How many prices wait in the store's list. */
export async function countWaiting(tx: Tx, caller: Caller, storeId: string): Promise<number> {
  const [row] = await tx
    .select({ waiting: sql<number>`count(*)::int` })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(and(eq(decisions.storeId, storeId), waitsInFeed, mayRead(caller, "view_product")));
  return row?.waiting ?? 0;
}

export async function isFeedOn(tx: Tx, storeId: string): Promise<boolean> {
  return (await tx.$count(feeds, and(eq(feeds.storeId, storeId), eq(feeds.isOn, true)))) > 0;
}

/** Creates or changes a store's feed. */
export async function saveFeed(
  tx: Tx,
  storeId: string,
  fields: Partial<Omit<typeof feeds.$inferInsert, "storeId">>,
): Promise<void> {
  await tx.update(feeds).set(fields).where(eq(feeds.storeId, storeId));
}

/** Takes a store's feed for a change. */
export async function lockFeed(tx: Tx, storeId: string): Promise<Feed | null> {
  const [feed] = await tx
    .select()
    .from(feeds)
    .where(eq(feeds.storeId, storeId))
    .for("no key update");
  return feed ?? null;
}

export async function insertFeed(tx: Tx, feed: typeof feeds.$inferInsert): Promise<void> {
  await tx.insert(feeds).values(feed).onConflictDoNothing();
}

/** Feeds that are on, for whoever looks after them. */
export async function feedsOn(tx: Tx) {
  return tx
    .select({
      storeId: feeds.storeId,
      name: stores.name,
      turnedOnAt: feeds.turnedOnAt,
      /** When anybody came at all, whatever they got. */
      lastVisitAt: sql<string | null>`(select max(v.at) from ${feedPulls} v
        where v.store_id = ${feeds.storeId} and v.outcome <> 'unauthorized')`,
      listId: feeds.listId,
      errors: priceLists.errors,
    })
    .from(feeds)
    .innerJoin(stores, and(eq(stores.id, feeds.storeId), isNull(stores.archivedAt)))
    .leftJoin(priceLists, eq(priceLists.id, feeds.listId))
    .where(eq(feeds.isOn, true));
}
