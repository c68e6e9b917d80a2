import { useLocale, useTranslations } from "next-intl";
import { HIGHEST_PRICE } from "@/lib/core/money";
import type { PriceGap } from "@/lib/costs/model";
import { formatMoney } from "@/lib/i18n/money";

/** Prices above the floor that the bot steps over, because they earn less than prices below them. */
export function GapsNote({ gaps }: { gaps: readonly PriceGap[] }) {
  const t = useTranslations("costs.gaps");
  const locale = useLocale();
  if (gaps.length === 0) return null;
  const money = (amount: number) => formatMoney(amount, locale);
  return (
    <div className="text-ink-soft text-sm">
      <p>{t("lead")}</p>
      <ul>
        {gaps.map(([from, to]) => (
          <li key={from}>
            {to === HIGHEST_PRICE
              ? t("open", { from: money(from) })
              : t("gap", { from: money(from), to: money(to) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
