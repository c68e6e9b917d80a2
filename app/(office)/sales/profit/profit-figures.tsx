import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatPercent } from "@/lib/i18n/money";
import type { ProductSums } from "@/lib/sales/product-queries";
import { changeOf } from "../change";
import { Figure } from "../figure";

const spent = [
  "cost",
  "commission",
  "kaspiPay",
  "delivery",
  "tax",
  "packaging",
  "other",
  "returns",
] as const;

/** What is left of the known part of the revenue, and where the rest went. */
export function ProfitFigures({ totals, before }: { totals: ProductSums; before: ProductSums }) {
  const t = useTranslations("sales.profit");
  const locale = useLocale();
  const money = (amount: number) => formatMoney(amount, locale);
  const { profit, knownRevenue, revenue, laterCostRevenue } = totals;
  const share = (amount: number, whole: number) =>
    formatPercent(whole === 0 ? 0 : Math.round((amount / whole) * 1000) / 10, locale);
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-3">
        <Figure
          label={t("figure.profit")}
          value={money(profit)}
          change={changeOf(profit, before.profit, { locale })}
          note={
            laterCostRevenue > 0 && t("later", { share: share(laterCostRevenue, knownRevenue) })
          }
        />
        <Figure label={t("figure.margin")} value={share(profit, knownRevenue)} />
        <Figure
          label={t("figure.known")}
          value={money(knownRevenue)}
          note={t("ofRevenue", { share: share(knownRevenue, revenue) })}
        />
      </dl>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-lg border bg-surface px-4 py-3 text-sm md:grid-cols-4">
        {spent.map((name) => (
          <div key={name} className="flex min-w-0 justify-between gap-2">
            <dt className="truncate text-ink-soft">{t(`spent.${name}`)}</dt>
            <dd className="whitespace-nowrap tabular-nums">{money(totals[name])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
