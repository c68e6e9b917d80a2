import { HOUR } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { log } from "@/lib/log";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import { leaveFeed, storesWithWaiting } from "@/lib/repricing/send/feed-queries";
import { feedsOn } from "./feed-queries";

/** Kaspi comes every hour: after three without it a person is told. */
const LATE_MS = 3 * HOUR;

/**
 * What nobody fetches any more is sent in its turn, and whoever must know is told: of a feed that Kaspi does
 * not fetch, and of a list that may not be served.
 */
export async function lookAfterFeeds(access: Pick<KaspiAccess, "db" | "clock">): Promise<number> {
  const { db, clock } = access;
  for (const storeId of await storesWithWaiting(db))
    await alone(storeId, () => letGo(access, storeId));
  const feeds = await feedsOn(db);
  for (const feed of feeds)
    await alone(feed.storeId, () => db.transaction((tx) => tell(tx, feed, clock())));
  return feeds.length;
}

/** A mistake with one store does not keep the others waiting. */
async function alone(store: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ err: error, store }, "feed not looked after");
  }
}

const MOST_BATCHES = 20;

async function letGo({ db, clock }: Pick<KaspiAccess, "db" | "clock">, storeId: string) {
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const left = await db.transaction(async (tx) => {
      const count = await leaveFeed(tx, storeId, clock());
      if (count > 0) await emit(tx, [events.publishRequested.create({ storeId })]);
      return count;
    });
    if (left === 0) return;
  }
}

type FeedOn = Awaited<ReturnType<typeof feedsOn>>[number];

async function tell(
  tx: Tx,
  { storeId, name, turnedOnAt, lastVisitAt, listId, errors }: FeedOn,
  now: Date,
): Promise<void> {
  const since = lastVisitAt ? new Date(lastVisitAt) : (turnedOnAt ?? now);
  const isLate = now.getTime() - since.getTime() > LATE_MS;
  const about = { about: storeId, severity: "warning", storeId, params: { store: name } } as const;
  if (isLate) await raiseNotice(tx, { kind: "feed_not_fetched", ...about });
  else await resolveNotice(tx, "feed_not_fetched", storeId, now);
  if ((errors ?? 0) > 0) await raiseNotice(tx, { kind: "feed_errors", ...about });
  else if (listId !== null) await resolveNotice(tx, "feed_errors", storeId, now);
}
