import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { formatMonth } from "@/lib/i18n/dates";
import { formatNumber, formatPercent } from "@/lib/i18n/money";
import type { CardAnalysis } from "@/lib/reviews/analyse-card";
import { SellersTable } from "./sellers-table";
import { StarBars } from "./star-bars";
import { Trend } from "./trend";

type Props = {
  found: CardAnalysis;
  /** Whether the reader may change how many sales stand behind a review. */
  maySet: boolean;
};

/** What the reviews of a card come to. */
export function CardFigures({ found, maySet }: Props) {
  const t = useTranslations("reviews");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const { salesPerReview, periods, months, stars, rating, total, sellers, isFresh } = found;
  const shown = (value: number | null) => (value === null ? "" : number(value));
  const trend = months.map(({ month, reviews, low, average, isComplete }) => ({
    ...{ month, reviews, low, isComplete },
    name: formatMonth(month, locale),
    shown: { reviews: shown(reviews), low: shown(low), average: shown(average) },
  }));
  const rows = sellers.map((seller) => ({
    key: seller.sellerId ?? "",
    name: seller.name,
    isOwn: seller.isOwn,
    reviews: number(seller.reviews),
    share: formatPercent(seller.share, locale),
    lately: number(seller.lately),
  }));
  return (
    <>
      <Panel
        title={t("periods.title")}
        aside={
          maySet && (
            <Link
              href="/settings#reviews"
              className="text-blue text-sm underline-offset-2 hover:underline"
            >
              {t("periods.factor")}
            </Link>
          )
        }
      >
        <p className="text-ink-soft text-sm">{t("periods.lead", { factor: salesPerReview })}</p>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
          {periods.map(({ days, reviews, sales, isComplete }) => (
            <div key={days} className="flex flex-col gap-0.5">
              <dt className="text-ink-soft text-sm">{t("periods.days", { count: days })}</dt>
              <dd className="flex flex-col">
                <span className="font-semibold text-lg">
                  {t("periods.sales", { count: sales, shown: number(sales) })}
                </span>
                <span className="text-ink-soft text-sm">
                  {t("periods.reviews", { count: reviews, shown: number(reviews) })}
                </span>
                {!isComplete && (
                  <span className="text-amber text-sm">
                    {t(isFresh ? "periods.least" : "periods.old")}
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel title={t("trend.title")}>
          <p className="text-ink-soft text-sm">{t("trend.lead")}</p>
          <Trend months={trend} />
        </Panel>
        <Panel
          title={t("starred.title")}
          aside={
            <span className="text-ink-soft text-sm">
              {rating !== null && `${t("starred.average", { rating: number(rating) })} · `}
              {t("found", { count: total, shown: number(total) })}
            </span>
          }
        >
          <StarBars stars={stars} />
        </Panel>
      </div>
      <Panel title={t("sellers.title")}>
        <SellersTable rows={rows} />
      </Panel>
    </>
  );
}
