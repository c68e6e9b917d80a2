import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { Notice } from "@/components/ui/notice";
import { env } from "@/lib/env";
import { kaspiAccess } from "@/lib/exits/access";
import { countWaiting, findFeed, latestPulls } from "@/lib/price-list/feed-queries";
import { feedLatency } from "@/lib/price-list/latency-queries";
import { feedAddress } from "@/lib/price-list/manage-feed";
import { whyNotReady } from "@/lib/price-list/readiness-queries";
import { servedErrors } from "@/lib/price-list/version-queries";
import { FeedAddress } from "./feed-address";
import { FeedPassword } from "./feed-password";
import { FeedSwitch } from "./feed-switch";
import { LatencyBars } from "./latency-bars";
import type { OfStore } from "./of-store";
import { PullsTable } from "./pulls-table";

/** The link that Kaspi fetches the list from: whether it works, who came, and how long prices take by it. */
export async function FeedPanel({ caller, store, mayWrite }: OfStore) {
  const access = kaspiAccess();
  const { db, clock } = access;
  const now = clock();
  const [t, feed] = await Promise.all([
    getTranslations("priceList.feed"),
    findFeed(db, caller, store.id),
  ]);
  if (!feed?.isOn)
    return (
      <Panel title={t("title")} aside={mayWrite && <FeedSwitch storeId={store.id} isOn={false} />}>
        <p className="text-ink-soft">{t("off")}</p>
      </Panel>
    );
  const [pulls, waiting, latency, notReady, errors, tWhy] = await Promise.all([
    latestPulls(db, caller, store.id),
    countWaiting(db, caller, store.id),
    feedLatency(db, caller, store.id, now),
    whyNotReady(db, store.id, now),
    servedErrors(db, feed.listId),
    getTranslations("priceList.notReady"),
  ]);
  const why = notReady ?? (errors > 0 ? "errors" : null);
  return (
    <Panel title={t("title")} aside={mayWrite && <FeedSwitch storeId={store.id} isOn />}>
      {why ? (
        <Notice tone="amber">{t("outcome.not_ready", { why: tWhy(why) })}</Notice>
      ) : (
        <Notice tone="green">{t("ready")}</Notice>
      )}
      {mayWrite ? (
        <FeedAddress storeId={store.id} url={feedAddress(access, feed, env().NEXTAUTH_URL)} />
      ) : (
        <p className="text-ink-soft">{t("hidden")}</p>
      )}
      {mayWrite && <FeedPassword storeId={store.id} isSet={feed.basicHash !== null} />}
      <p className="text-ink-soft">
        {feed.lastPullAt ? (
          <>
            {t("last")} <TimeAgo at={feed.lastPullAt} />
          </>
        ) : (
          t("notYet")
        )}
        {waiting > 0 && <>, {t("waiting", { count: waiting })}</>}. {t("prices")}
      </p>
      <PullsTable pulls={pulls} />
      <LatencyBars latency={latency} />
    </Panel>
  );
}
