import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { cn } from "@/components/ui/class-names";
import type { Tenge } from "@/lib/core/money";
import type { Terms } from "@/lib/costs/model";
import { profitAt } from "@/lib/costs/profit-rules";
import { formatPercent } from "@/lib/i18n/money";

type Props = { terms: Terms; prices: readonly Tenge[] };

const cell = "border-t py-1 pl-3 text-right";

/** The chart without drawing. */
export function ProfitTable({ terms, prices }: Props) {
  const t = useTranslations("costs.chart");
  const locale = useLocale();
  const sorted = [...new Set(prices)].filter((price) => price > 0).sort((one, two) => one - two);
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-ink-soft">{t("table")}</summary>
      <table className="mt-2 w-full">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="text-ink-faint text-xs">
          <tr>
            <th className="py-1 text-left font-normal">{t("price")}</th>
            <th className="py-1 pl-3 text-right font-normal">{t("profit")}</th>
            <th className="py-1 pl-3 text-right font-normal">{t("margin")}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((price) => {
            const at = profitAt(terms, price);
            return (
              <tr key={price}>
                <th scope="row" className="border-t py-1 text-left font-normal">
                  <Money amount={price} />
                </th>
                <td className={cn(cell, at && at.profit < 0 && "text-red")}>
                  {at ? <Money amount={at.profit} /> : t("unknown")}
                </td>
                <td className={cell}>
                  {at && formatPercent(Math.floor(at.margin / 10) / 10, locale)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
