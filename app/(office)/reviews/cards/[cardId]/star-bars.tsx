import { useLocale, useTranslations } from "next-intl";
import { formatNumber, formatPercent } from "@/lib/i18n/money";
import type { Stars } from "@/lib/reviews/list-model";

/** How many of each star, five first. */
export function StarBars({ stars }: { stars: Stars }) {
  const t = useTranslations("reviews");
  const locale = useLocale();
  const all = stars.reduce((sum, count) => sum + count, 0);
  const rows = stars.map((count, nth) => ({ nth: nth + 1, count })).reverse();
  return (
    <dl className="flex flex-col gap-2">
      {rows.map(({ nth, count }) => {
        const percent = all === 0 ? 0 : (100 * count) / all;
        return (
          <div key={nth} className="grid grid-cols-[6.5rem_minmax(0,1fr)_7rem] items-center gap-3">
            <dt className="text-sm">{t("filter.some", { count: nth })}</dt>
            <dd className="contents">
              <span aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-sunken">
                <span
                  className={`block h-full ${nth <= 2 ? "bg-red-solid" : "bg-blue-solid"}`}
                  style={{ width: `${percent}%` }}
                />
              </span>
              <span className="text-right text-sm tabular-nums">
                {formatNumber(count, locale)}
                <span className="text-ink-faint">
                  {" "}
                  · {formatPercent(Math.round(10 * percent) / 10, locale)}
                </span>
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
