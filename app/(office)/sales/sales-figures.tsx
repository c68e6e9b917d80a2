import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatNumber, formatPercent } from "@/lib/i18n/money";
import type { Sales } from "@/lib/sales/load-sales";
import type { Totals } from "@/lib/sales/model";
import { changeOf } from "./change";
import { Figure } from "./figure";
import { type Behind, ordersHref } from "./orders-href";

const placed = ({ orders, cancelled, returned }: Totals) => orders + cancelled + returned;
const shareOf = (part: number, whole: number) =>
  whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;

type Props = Pick<Sales, "totals" | "compared"> & {
  /** What of the orders it is about. */
  behind: Behind;
};

/** What was sold, and what came back of it, beside the period before. */
export function SalesFigures({ totals, compared, behind }: Props) {
  const t = useTranslations("sales.figure");
  const locale = useLocale();
  const money = (amount: number) => formatMoney(amount, locale);
  const number = (count: number) => formatNumber(count, locale);
  const average = ({ revenue, orders }: Totals) =>
    orders === 0 ? 0 : Math.round(revenue / orders);
  const lost = (one: Totals) => shareOf(one.cancelled, placed(one));
  const back = (one: Totals) => shareOf(one.returned, placed(one));
  const change = (of: (one: Totals) => number, isMoreBetter = true) =>
    compared && changeOf(of(compared.now), of(compared.before), { locale, isMoreBetter });
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-5">
      <Figure
        label={t("revenue")}
        href={ordersHref(behind)}
        value={money(totals.revenue)}
        change={change(({ revenue }) => revenue)}
        note={t("completed", { sum: money(totals.completedSum) })}
      />
      <Figure
        label={t("orders")}
        href={ordersHref(behind)}
        value={number(totals.orders)}
        change={change(({ orders }) => orders)}
        note={t("ofPlaced", { count: number(placed(totals)) })}
      />
      <Figure label={t("average")} value={money(average(totals))} change={change(average)} />
      <Figure
        label={t("cancelled")}
        href={ordersHref({ ...behind, outcome: "cancelled" })}
        value={formatPercent(lost(totals), locale)}
        change={change(lost, false)}
        note={t("pieces", { count: number(totals.cancelled), sum: money(totals.cancelledSum) })}
      />
      <Figure
        label={t("returned")}
        href={ordersHref({ ...behind, outcome: "returned" })}
        value={formatPercent(back(totals), locale)}
        change={change(back, false)}
        note={t("pieces", { count: number(totals.returned), sum: money(totals.returnedSum) })}
      />
    </dl>
  );
}
