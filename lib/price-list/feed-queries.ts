import { and, desc, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { DAY, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { feedPulls, feeds } from "@/lib/db/schema/feeds";
import { stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { priceLists } from "@/lib/db/schema/price-lists";
import { decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { waitsInFeed } from "@/lib/repricing/send/feed-queries";

export type Feed = typeof feeds.$inferSelect;
type FeedPull = typeof feedPulls.$inferInsert;

/** A preorder of the store `stores` is being written, and not read back. */
const isChanging = sql`exists (select from ${preorders} p
  where p.store_id = ${stores.id} and p.sending_at is not null)`;

/** The same, asked alone. */
export async function isStoreChanging(tx: Tx, storeId: string): Promise<boolean> {
  return (await tx.$count(stores, and(eq(stores.id, storeId), isChanging))) > 0;
}

const served = {
  storeId: feeds.storeId,
  basicHash: feeds.basicHash,
  listId: feeds.listId,
  name: stores.name,
  merchantId: stores.merchantId,
  wholeSince: stores.wholeSince,
  isActive: stores.isActive,
  officialOnly: stores.officialOnly,
  storeStoppedAt: stores.sendingStoppedAt,
  allStoppedAt: sql<Date | null>`(select ${workspace.sendingStoppedAt} from ${workspace})`,
  isChanging: sql<boolean>`${isChanging}`,
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

/** A person's price may wait for a day before it leaves. */
const LONGEST_WAIT_MS = 2 * DAY;

/** Whether a price has begun to leave since: a list made before does not know of it. */
export async function hasPriceLeftSince(tx: Tx, storeId: string, since: Date): Promise<boolean> {
  const found = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(
      and(
        eq(decisions.storeId, storeId),
        inArray(decisions.state, ["sending", "sent", "confirmed", "rejected"]),
        gt(decisions.sendingAt, since),
        // What leaves was decided lately; by the time of deciding there is an index.
        gt(decisions.decidedAt, later(since, -LONGEST_WAIT_MS)),
        isNull(decisions.listId),
      ),
    )
    .limit(1);
  return found.length > 0;
}

/** Takes the feed for serving this version, unless another has been chosen or none may be. */
export async function lockServed(tx: Tx, storeId: string, listId: string): Promise<boolean> {
  const [feed] = await tx
    .select({ listId: feeds.listId, isOn: feeds.isOn })
    .from(feeds)
    .where(eq(feeds.storeId, storeId))
    .for("no key update");
  return feed?.isOn === true && feed.listId === listId;
}

/** From now on this version is served. */
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

/** Creates or changes a store's feed. */
export async function saveFeed(
  tx: Tx,
  storeId: string,
  fields: Partial<Omit<typeof feeds.$inferInsert, "storeId">>,
): Promise<void> {
  await tx.update(feeds).set(fields).where(eq(feeds.storeId, storeId));
}

/** Takes a store's feed for a change. */
export async function lockFeed(tx: Tx, storeId: string): Promise<void> {
  await tx
    .select({ id: feeds.storeId })
    .from(feeds)
    .where(eq(feeds.storeId, storeId))
    .for("no key update");
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
      lastPullAt: feeds.lastPullAt,
      wholeSince: stores.wholeSince,
      errors: priceLists.errors,
    })
    .from(feeds)
    .innerJoin(stores, and(eq(stores.id, feeds.storeId), isNull(stores.archivedAt)))
    .leftJoin(priceLists, eq(priceLists.id, feeds.listId))
    .where(eq(feeds.isOn, true));
}
