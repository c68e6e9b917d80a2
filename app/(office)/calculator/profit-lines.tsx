import { useLocale, useTranslations } from "next-intl";
import type { Outcome } from "@/lib/calculator/work-out";
import { formatMoney } from "@/lib/i18n/money";

type Props = { profit: NonNullable<Outcome["profit"]> };

/** Where the price goes: the lines and what is left add up to it. */
export function ProfitLines({ profit: { lines, profit } }: Props) {
  const t = useTranslations("calculator");
  const locale = useLocale();
  return (
    <dl className="flex flex-col gap-1.5">
      {lines.map(({ line, amount }) => (
        <div key={line} className="flex justify-between gap-4">
          <dt className="text-ink-soft">{t(`line.${line}`)}</dt>
          <dd className="tabular-nums">{formatMoney(-amount, locale)}</dd>
        </div>
      ))}
      <div className="flex justify-between gap-4 border-t pt-1.5 font-medium">
        <dt>{t(profit < 0 ? "result.loss" : "line.profit")}</dt>
        <dd className={`tabular-nums ${profit < 0 ? "text-red" : "text-green"}`}>
          {formatMoney(profit, locale)}
        </dd>
      </div>
    </dl>
  );
}
