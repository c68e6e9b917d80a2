import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatPercent } from "@/lib/i18n/money";
import type { ProfitFigures as Loaded } from "@/lib/sales/load-profit";
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

/** What was known of less of the revenue is less for that reason alone. */
const ALIKE = 0.05;
const knownShare = ({ knownRevenue, revenue }: ProductSums) =>
  revenue === 0 ? 0 : knownRevenue / revenue;
const isAlikeKnown = ({ now, before }: NonNullable<Loaded["compared"]>) =>
  Math.abs(knownShare(now) - knownShare(before)) <= ALIKE;

/** What is left of the known part of the revenue, and where the rest went. */
export function ProfitFigures({ totals, compared }: Pick<Loaded, "totals" | "compared">) {
  const t = useTranslations("sales.profit");
  const locale = useLocale();
  const money = (amount: number) => formatMoney(amount, locale);
  const { profit, knownRevenue, revenue, laterCostRevenue } = totals;
  const isKnown = knownRevenue > 0;
  const share = (amount: number, whole: number) =>
    formatPercent(whole === 0 ? 0 : Math.round((amount / whole) * 1000) / 10, locale);
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-3">
        <Figure
          label={t("figure.profit")}
          value={isKnown ? money(profit) : t("notStated")}
          change={
            compared && isAlikeKnown(compared)
              ? changeOf(compared.now.profit, compared.before.profit, { locale })
              : null
          }
          note={
            laterCostRevenue > 0 && t("later", { share: share(laterCostRevenue, knownRevenue) })
          }
        />
        <Figure
          label={t("figure.margin")}
          value={isKnown ? share(profit, knownRevenue) : t("notStated")}
        />
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
            <dd className="whitespace-nowrap tabular-nums">
              {isKnown ? money(totals[name]) : "—"}
            </dd>
          </div>
        ))}
      </dl>
      {totals.lostDelivery > 0 && (
        <p className="text-ink-soft text-sm">
          {t("lostDelivery", { sum: money(totals.lostDelivery) })}
        </p>
      )}
    </div>
  );
}
