import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { changeText } from "@/lib/i18n/change";
import { formatNumber } from "@/lib/i18n/money";
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
  if (known === 0)
    return (
      <>
        {t("unknown")}{" "}
        <Link href="/products/costs" className="text-blue underline-offset-2 hover:underline">
          {t("set")}
        </Link>
      </>
    );
  const tone = after < before ? "text-red" : after > before ? "text-green" : "text-ink-soft";
  return (
    <>
      <Money amount={before} /> → <Money amount={after} />{" "}
      <span className={`whitespace-nowrap ${tone}`}>
        {after === before ? t("same") : (changeText(before, after, locale)?.amount ?? "")}
      </span>
      <span className="block text-ink-soft text-sm">
        {t("of", { known: number(known), prices: number(prices) })}
        {withHeld && ` ${t("withHeld")}`}
      </span>
    </>
  );
}
