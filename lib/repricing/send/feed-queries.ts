import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { feeds } from "@/lib/db/schema/feeds";
import { stores } from "@/lib/db/schema/kaspi";
import { priceListUploads } from "@/lib/db/schema/price-lists";
import { decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { lockedDecisions, takeBack } from "@/lib/repricing/ledger/ledger-queries";
import { makeProductsDue } from "./publish-queries";

/** A list rests on what Kaspi showed: of older knowledge none is served (a seller may have added goods since). */
export const OLDEST_LIST_MS = 2 * HOUR;
/** Kaspi fetches every hour; whoever has not come for longer may not come at all. */
const LATEST_PULL_MS = 2 * HOUR;
/** Kaspi works on a file for about five minutes (protocol C5): a price sent meanwhile would be undone by it. */
const SETTLING_MS = 8 * MINUTE;
/** A file that Kaspi never calls done keeps nothing back any longer. */
const LONGEST_UPLOAD_MS = HOUR;
/** Kaspi shows prices of a file when it has worked on it. */
const FIRST_LOOK_MS = 2 * MINUTE;

/** A price that waits in the list for being fetched: nobody has seen it yet. */
export const waitsInFeed = and(
  eq(decisions.channel, "feed"),
  eq(decisions.state, "sending"),
  isNull(decisions.sentAt),
);

const takesPrices = (now: Date) =>
  and(
    eq(feeds.isOn, true),
    gt(feeds.lastPullAt, later(now, -LATEST_PULL_MS)),
    gt(stores.wholeSince, later(now, -OLDEST_LIST_MS)),
    isNull(stores.sendingStoppedAt),
    isNull(stores.archivedAt),
    isAtWork,
    sql`(select ${workspace.sendingStoppedAt} from ${workspace}) is null`,
  );

/** Whether a price put into the store's list now will be fetched: the feed is on, may be served, and is asked for. */
export async function feedTakesPrices(tx: Tx, storeId: string, now: Date): Promise<boolean> {
  const found = await tx
    .select({ id: feeds.storeId })
    .from(feeds)
    .innerJoin(stores, eq(stores.id, feeds.storeId))
    .where(and(eq(feeds.storeId, storeId), takesPrices(now)));
  return found.length > 0;
}

/** Until when single prices wait, for Kaspi works on a whole list of the store's; null: it does not. */
export async function listSettlesUntil(tx: Tx, storeId: string, now: Date): Promise<Date | null> {
  const [feed] = await tx
    .select({ at: feeds.fetchedAt })
    .from(feeds)
    .where(and(eq(feeds.storeId, storeId), gt(feeds.fetchedAt, later(now, -SETTLING_MS))));
  const [upload] = await tx
    .select({ at: priceListUploads.sentAt })
    .from(priceListUploads)
    .where(
      and(
        eq(priceListUploads.storeId, storeId),
        inArray(priceListUploads.state, ["sending", "processing"]),
        gt(priceListUploads.sentAt, later(now, -LONGEST_UPLOAD_MS)),
      ),
    )
    .limit(1);
  if (upload?.at) return later(now, MINUTE);
  return feed?.at ? later(feed.at, SETTLING_MS) : null;
}

/** What was in a version that is fetched just now has left, and is to be read back. */
export async function markFetched(tx: Tx, listId: string, now: Date): Promise<number> {
  const waiting = and(eq(decisions.listId, listId), waitsInFeed);
  const fetched = await tx
    .update(decisions)
    .set({ state: "sent", stateReason: null, sentAt: now, confirmAt: later(now, FIRST_LOOK_MS) })
    .where(inArray(decisions.id, lockedDecisions(tx, waiting)))
    .returning({ id: decisions.id });
  return fetched.length;
}

const waitingColumns = {
  id: decisions.id,
  storeId: decisions.storeId,
  productId: decisions.productId,
  cityId: decisions.cityId,
  origin: decisions.origin,
};

type Waiting = Pick<
  typeof decisions.$inferSelect,
  "id" | "storeId" | "productId" | "cityId" | "origin"
>;

/**
 * Prices in the store's list that a newer one of their product waits behind, or that nobody will fetch: they
 * are taken out of it, and the version that has them is not served any more.
 */
export async function leaveFeed(tx: Tx, storeId: string, now: Date): Promise<number> {
  const isOver = !(await feedTakesPrices(tx, storeId, now));
  const overtaken = sql`exists (select from ${decisions} n where n.product_id = ${decisions.productId}
    and n.state = 'pending')`;
  const leaving: Waiting[] = await tx
    .select(waitingColumns)
    .from(decisions)
    .where(and(eq(decisions.storeId, storeId), waitsInFeed, isOver ? undefined : overtaken))
    .orderBy(asc(decisions.id));
  if (leaving.length === 0) return 0;
  await tx
    .update(feeds)
    .set({ listId: null })
    .where(and(eq(feeds.storeId, storeId), isNotNull(feeds.listId)));
  for (const decision of leaving) {
    await takeBack(tx, decision);
    await tx
      .update(decisions)
      .set({ channel: "cabinet", stateReason: null, listId: null, listedAt: null })
      .where(and(eq(decisions.id, decision.id), sql`${decisions.state} <> 'sent'`));
  }
  await makeProductsDue(
    tx,
    leaving.map(({ productId }) => productId),
    now,
  );
  return leaving.length;
}
