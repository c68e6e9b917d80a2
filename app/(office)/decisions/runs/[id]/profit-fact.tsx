import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import type { RunProfit } from "@/lib/ledger/run-profit";

type Props = {
  profit: RunProfit;
  /** Some of the changes wait for a person: this is what would come of all. */
  withHeld: boolean;
};

/** What a unit earns before the check and after it, and of how many prices that is known. */
export function ProfitFact({ profit: { prices, known, before, after }, withHeld }: Props) {
  const t = useTranslations("ledger.run.totals.profit");
  const locale = useLocale();
  const number = (count: number) => formatNumber(count, locale);
  const tone = after < before ? "text-red" : after > before ? "text-green" : "text-ink-soft";
  return (
    <div className="border-t pt-3">
      <p className="text-ink-soft">{t("label")}</p>
      {known > 0 && (
        <p>
          <Money amount={before} /> → <Money amount={after} />{" "}
          <span className={`whitespace-nowrap ${tone}`}>{differenceText()}</span>
        </p>
      )}
      <p className="text-ink-soft text-sm">
        {known > 0 ? t("of", { known: number(known), prices: number(prices) }) : t("unknown")}
        {known > 0 && withHeld && ` ${t("withHeld")}`}
        {known < prices && (
          <>
            {" "}
            <Link href="/products/costs" className="text-blue underline underline-offset-2">
              {t("set")}
            </Link>
          </>
        )}
      </p>
    </div>
  );

  function differenceText(): string {
    if (after === before) return t("same");
    const amount = formatMoney(after - before, locale);
    return after > before ? `+${amount}` : amount;
  }
}
