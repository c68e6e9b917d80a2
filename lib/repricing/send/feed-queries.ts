import { and, asc, eq, gt, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { noneOf } from "@/lib/db/none-of";
import { feeds } from "@/lib/db/schema/feeds";
import { stores } from "@/lib/db/schema/kaspi";
import { priceLists, priceListUploads } from "@/lib/db/schema/price-lists";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { cityColumns } from "@/lib/products/city-queries";
import { countingCeiling, countingFloor } from "@/lib/products/limit-queries";
import { lockedDecisions, takeBack } from "@/lib/repricing/ledger/ledger-queries";
import { makeProductsDue } from "./publish-queries";

/** A list rests on what Kaspi showed: of older knowledge none is served (a seller may have added goods since). */
export const OLDEST_LIST_MS = 2 * HOUR;
/** Kaspi fetches every hour; whoever has not come for longer may not come at all. */
const LATEST_PULL_MS = 2 * HOUR;
/** Kaspi works on a file for about five minutes (protocol C5): a price sent meanwhile would be undone by it. */
export const SETTLING_MS = 8 * MINUTE;
/** A file that Kaspi never calls done keeps nothing back any longer. */
const LONGEST_UPLOAD_MS = HOUR;
/** Kaspi shows prices of a file when it has worked on it. */
const FIRST_LOOK_MS = 2 * MINUTE;
/** The gate that let it in asked for less; a list is fetched within the hour. */
const LONGEST_WAIT_MS = 3 * HOUR;

/** A price that waits in the list for being fetched: nobody has seen it yet. */
export const waitsInFeed = and(
  eq(decisions.channel, "feed"),
  eq(decisions.state, "sending"),
  isNull(decisions.sentAt),
);

/**
 * What waits must still lie between its limits, be priced there and on sale, and not be older than it may; what
 * nobody has typed must still change the price it was decided for. Needs product, store, and the row of its city.
 */
export const isStillGood = (
  now: Date,
) => sql<boolean>`(${productCities.isPriced} and ${products.onSale}
  and ${products.goneAt} is null and ${decisions.decidedAt} > ${later(now, -LONGEST_WAIT_MS).toISOString()}
  and ${decisions.price} >= coalesce(${countingFloor}, 10)
  and ${decisions.price} <= coalesce(${countingCeiling}, ${decisions.price})
  and (${decisions.origin} = 'manual' or ${productCities.price} is not distinct from ${decisions.priceBefore})
  and (${decisions.origin} <> 'bot' or (${products.botEnabled} and not ${cityColumns.manualLock}
    and ${countingFloor} is not null)))`;

/** The row of the city of a decision. */
export const inItsCity = and(
  eq(productCities.productId, decisions.productId),
  eq(productCities.cityId, decisions.cityId),
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
    // A list with errors is not handed out.
    noneOf(sql`${priceLists} l where l.id = ${feeds.listId} and l.errors > 0`),
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

/**
 * Until when single prices wait, for a whole list of the store's is made or Kaspi works on one; null: none is.
 * In the transaction of an exit it is asked once the store is locked: whoever holds takes the store as well.
 */
export async function listSettlesUntil(tx: Tx, storeId: string, now: Date): Promise<Date | null> {
  const [feed] = await tx
    .select({ until: feeds.heldUntil })
    .from(feeds)
    .where(and(eq(feeds.storeId, storeId), gt(feeds.heldUntil, now)));
  const [upload] = await tx
    .select({ at: priceListUploads.heldAt })
    .from(priceListUploads)
    .where(
      and(
        eq(priceListUploads.storeId, storeId),
        inArray(priceListUploads.state, ["making", "sending", "processing"]),
        gt(priceListUploads.heldAt, later(now, -LONGEST_UPLOAD_MS)),
      ),
    )
    .limit(1);
  if (upload) return later(now, MINUTE);
  return feed?.until ?? null;
}

/** What was in a version that is fetched just now has left, and is to be read back. */
export async function markFetched(tx: Tx, listId: string, now: Date): Promise<number> {
  const waiting = and(eq(decisions.listId, listId), waitsInFeed);
  const fetched = await tx
    .update(decisions)
    .set({
      ...{ state: "sent", stateReason: null, sentAt: now, confirmAt: later(now, FIRST_LOOK_MS) },
      // What Kaspi shows by now, which may be another price than when it was listed.
      priceBefore: sql`(select price from ${productCities} c where c.product_id = ${decisions.productId}
        and c.city_id = ${decisions.cityId})`,
    })
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

/** How many are taken out in one transaction. */
const BATCH = 200;

/**
 * Prices in the store's list that a newer one of their product waits behind, that may not leave any more, or
 * that nobody will fetch: they are taken out of it, and the version that has them is not served any more.
 * Answers how many; of very many, the first.
 */
export async function leaveFeed(tx: Tx, storeId: string, now: Date): Promise<number> {
  const isOver = !(await feedTakesPrices(tx, storeId, now));
  const overtaken = sql`exists (select from ${decisions} n where n.product_id = ${decisions.productId}
    and n.state = 'pending')`;
  const leaving: Waiting[] = await tx
    .select(waitingColumns)
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .leftJoin(productCities, inItsCity)
    .where(
      and(
        eq(decisions.storeId, storeId),
        waitsInFeed,
        isOver ? undefined : or(overtaken, sql`${isStillGood(now)} is not true`),
      ),
    )
    .orderBy(asc(decisions.id))
    .limit(BATCH);
  if (leaving.length === 0) return 0;
  await tx
    .update(feeds)
    .set({ listId: null })
    .where(and(eq(feeds.storeId, storeId), isNotNull(feeds.listId)));
  for (const decision of leaving) await takeBack(tx, decision);
  const ids = leaving.map(({ id }) => id);
  await tx
    .update(decisions)
    .set({ channel: "cabinet", stateReason: null, listId: null, listedAt: null })
    .where(and(inArray(decisions.id, ids), sql`${decisions.state} <> 'sent'`));
  await makeProductsDue(
    tx,
    leaving.map(({ productId }) => productId),
    now,
  );
  return leaving.length;
}

/** Stores in whose lists prices wait, whatever has become of the feeds. */
export async function storesWithWaiting(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: decisions.storeId })
    .from(decisions)
    .where(waitsInFeed);
  return rows.map(({ id }) => id);
}
