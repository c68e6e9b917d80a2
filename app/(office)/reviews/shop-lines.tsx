import { useLocale, useTranslations } from "next-intl";
import { LiveProgressLine } from "@/components/run-progress-line";
import { TimeAgo } from "@/components/time-ago";
import { formatNumber } from "@/lib/i18n/money";
import type { ShopReviews } from "@/lib/reviews/shop-queries";
import type { RunProgress } from "@/lib/runs/model";
import { AskButton } from "./ask-button";

type Props = {
  shops: readonly ShopReviews[];
  /** Readings that somebody has asked for and that are under way, by store. */
  runs: ReadonlyMap<string, RunProgress>;
};

/** Each shop: its rating, how many reviews it has, and how fresh what we know of them is. */
export function ShopLines({ shops, runs }: Props) {
  const t = useTranslations("reviews");
  return (
    <section aria-label={t("shops")} className="rounded-lg border bg-surface">
      {shops.map((shop) => {
        const run = runs.get(shop.storeId);
        const isReadable = shop.isActive && !shop.officialOnly;
        return (
          <div
            key={shop.storeId}
            className="flex flex-col gap-2 border-b px-4 py-2.5 last:border-b-0"
          >
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <div className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-0.5">
                <span className="font-medium">{shop.name}</span>
                <ShopState shop={shop} />
              </div>
              {isReadable && !run && (
                <AskButton size="sm" storeId={shop.storeId} name={shop.name} />
              )}
            </div>
            {run && <LiveProgressLine run={run} />}
          </div>
        );
      })}
    </section>
  );
}

function ShopState({ shop }: { shop: ShopReviews }) {
  const t = useTranslations("reviews.shop");
  const locale = useLocale();
  const { rating, total, lastReadAt, errorKey, officialOnly, isActive } = shop;
  const number = (value: number) => formatNumber(value, locale);
  const stands = officialOnly ? t("official") : isActive ? null : t("paused");
  const facts = [
    rating !== null && t("rating", { rating: number(rating) }),
    total !== null && t("total", { count: total, total: number(total) }),
  ].filter((fact) => fact !== false);
  return (
    <span className="text-ink-soft text-sm">
      {facts.join(" · ")}
      {facts.length > 0 && " · "}
      {stands ?? (
        <>
          {lastReadAt === null
            ? t("never")
            : t.rich("read", { when: () => <TimeAgo at={lastReadAt} /> })}
          {errorKey && <span className="text-amber"> · {t("failed")}</span>}
        </>
      )}
    </span>
  );
}
