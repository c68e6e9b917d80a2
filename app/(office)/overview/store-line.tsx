import Link from "next/link";
import { useTranslations } from "next-intl";
import { LiveProgressLine } from "@/components/run-progress-line";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/notice";
import type { StoreHealth, StoreStanding } from "@/lib/overview/model";
import { frozenHref } from "./links";

const tones: Record<StoreStanding, Tone> = {
  needs_login: "red",
  stopped: "red",
  paused: "plain",
  held: "amber",
  login_waits: "amber",
  writes_blocked: "amber",
  sync_late: "amber",
  loading: "blue",
  works: "green",
};

/** One store: whether it works, how fresh what we know of it is, what runs for it now. */
export function StoreLine({ store }: { store: StoreHealth }) {
  const t = useTranslations("overview.health");
  const { standing, accountId } = store;
  return (
    <li className="flex flex-col gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <Link
            href={`/stores/${store.id}`}
            className="truncate font-medium underline-offset-2 hover:underline"
          >
            {store.name}
          </Link>
          <StatusDot tone={tones[standing]}>{t(`standing.${standing}`)}</StatusDot>
        </span>
        {standing === "needs_login" && (
          <Link
            href={`/stores?connect=${accountId ?? "1"}`}
            className="text-blue underline-offset-2 hover:underline"
          >
            {t("enter")}
          </Link>
        )}
        {standing === "held" && (
          <Link
            href={frozenHref(store.id)}
            className="text-blue underline-offset-2 hover:underline"
          >
            {t("answer")}
          </Link>
        )}
      </div>
      <p className="text-ink-soft text-sm">
        <Freshness store={store} />
      </p>
      <Running store={store} />
    </li>
  );
}

function Freshness({ store }: { store: StoreHealth }) {
  const t = useTranslations("overview.health");
  if (store.standing === "writes_blocked")
    return t.rich("blockedUntil", { when: () => <TimeAgo at={store.writesBlockedUntil} /> });
  const synced =
    store.lastSyncAt === null
      ? t("neverSynced")
      : t.rich("synced", { when: () => <TimeAgo at={store.lastSyncAt} /> });
  if (store.goods.watched === 0) return synced;
  const market =
    store.marketReadAt === null
      ? t("marketNever")
      : t.rich("market", { when: () => <TimeAgo at={store.marketReadAt} /> });
  return (
    <>
      {market} · {synced}
    </>
  );
}

function Running({ store: { run, isPricing } }: { store: StoreHealth }) {
  const t = useTranslations("overview.health");
  if (run !== null) return <LiveProgressLine run={run} />;
  if (!isPricing) return null;
  return (
    <p className="text-sm">
      <StatusDot tone="blue" live>
        {t("pricing")}
      </StatusDot>
    </p>
  );
}
