"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

export type TrendMonth = {
  month: string;
  name: string;
  /** Null: nothing of it has been read. */
  reviews: number | null;
  low: number | null;
  isComplete: boolean;
  /** The same as they are read, and the mean. */
  shown: { reviews: string; low: string; average: string };
};

// The library of the picture is larger than the page: it comes after it.
const TrendChart = dynamic(() => import("./trend-chart").then((file) => file.TrendChart), {
  ssr: false,
  loading: () => <Skeleton className="h-60 w-full rounded-md" />,
});

const number = "py-1 pl-4 text-right tabular-nums";

/** Months as a picture, and as numbers for those who want or need them. */
export function Trend({ months }: { months: readonly TrendMonth[] }) {
  const t = useTranslations("reviews.trend");
  return (
    <>
      <div aria-hidden="true">
        <TrendChart
          months={months}
          names={{
            ...{ reviews: t("reviews"), low: t("low") },
            ...{ unread: t("unread"), least: t("least") },
          }}
        />
      </div>
      <details>
        <summary className="w-fit text-ink-soft text-sm">{t("table")}</summary>
        <table className="mt-2 w-full text-left text-sm">
          <thead className="text-ink-soft">
            <tr className="border-b">
              <th scope="col" className="py-1 font-medium">
                {t("month")}
              </th>
              {(["reviews", "low", "average"] as const).map((name) => (
                <th key={name} scope="col" className={`${number} font-medium`}>
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, name, reviews, isComplete, shown }) => (
              <tr key={month} className="border-b last:border-b-0">
                <th scope="row" className="py-1 font-normal">
                  {name}
                  {reviews !== null && !isComplete && (
                    <span className="text-amber"> · {t("least")}</span>
                  )}
                </th>
                {reviews === null ? (
                  <td colSpan={3} className={`${number} text-ink-soft`}>
                    {t("unread")}
                  </td>
                ) : (
                  <>
                    <td className={number}>{shown.reviews}</td>
                    <td className={number}>{shown.low}</td>
                    <td className={number}>{shown.average}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
