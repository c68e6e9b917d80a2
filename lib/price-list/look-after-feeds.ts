import { HOUR } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import { leaveFeed } from "@/lib/repricing/send/feed-queries";
import { feedsOn } from "./feed-queries";

/** Kaspi comes every hour: after three without it a person is told. */
const LATE_MS = 3 * HOUR;

/**
 * What nobody fetches any more is sent in its turn, and whoever must know is told: of a feed that Kaspi does
 * not fetch, and of a list that may not be served.
 */
export async function lookAfterFeeds({ db, clock }: Pick<KaspiAccess, "db" | "clock">) {
  const feeds = await feedsOn(db);
  for (const { storeId, name, turnedOnAt, lastPullAt, errors } of feeds) {
    const now = clock();
    await db.transaction(async (tx) => {
      if ((await leaveFeed(tx, storeId, now)) > 0)
        await emit(tx, [events.publishRequested.create({ storeId })]);
      const since = lastPullAt ?? turnedOnAt ?? now;
      const isLate = now.getTime() - since.getTime() > LATE_MS;
      const about = {
        about: storeId,
        severity: "warning",
        storeId,
        params: { store: name },
      } as const;
      if (isLate) await raiseNotice(tx, { kind: "feed_not_fetched", ...about });
      else await resolveNotice(tx, "feed_not_fetched", storeId, now);
      if ((errors ?? 0) > 0) await raiseNotice(tx, { kind: "feed_errors", ...about });
      else await resolveNotice(tx, "feed_errors", storeId, now);
    });
  }
  return feeds.length;
}
