import type { Locale } from "@/lib/i18n/locales";
import { formatNumber, formatPercent } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import type { SalesPart } from "@/lib/sales/load-sales";
import type { Period, SalesDimension } from "@/lib/sales/model";
import { partName } from "@/lib/sales/words";
import { ordersHref } from "./orders-href";

/** A row of the table as the browser gets it. */
export type PartLine = {
  key: string;
  name: string;
  href: string | null;
  /** The orders behind it. */
  orders: { text: string; href: string } | null;
  units: string | null;
  revenue: number;
  share: string;
  cancelledSum: number;
  returnedSum: number;
  revenueHref: string;
  cancelledHref: string;
  returnedHref: string;
};

type Reader = {
  t: Translator;
  locale: Locale;
  by: SalesDimension;
  store: string | undefined;
  period: Period;
  /** Of everything, ₸. */
  revenue: number;
};

export function partLine(reader: Reader, part: SalesPart): PartLine {
  const { locale, revenue } = reader;
  const share = revenue === 0 ? 0 : Math.round((part.revenue / revenue) * 1000) / 10;
  return {
    ...{ key: part.key, name: partName(reader.t, reader.by, part.name) },
    href: part.productId ? `/products/${part.productId}` : null,
    orders:
      part.orders === null
        ? null
        : {
            text: formatNumber(part.orders, locale),
            href: ordersHref(reader, reader.by, part),
          },
    units: part.units === null ? null : formatNumber(part.units, locale),
    ...{ revenue: part.revenue, share: formatPercent(share, locale) },
    ...{ cancelledSum: part.cancelledSum, returnedSum: part.returnedSum },
    cancelledHref: ordersHref({ ...reader, outcome: "cancelled" }, reader.by, part),
    returnedHref: ordersHref({ ...reader, outcome: "returned" }, reader.by, part),
    revenueHref: ordersHref(reader, reader.by, part),
  };
}
