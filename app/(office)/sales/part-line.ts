import type { Locale } from "@/lib/i18n/locales";
import { formatNumber, formatPercent } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import type { SalesPart } from "@/lib/sales/load-sales";
import type { Period, SalesDimension } from "@/lib/sales/model";
import { partName } from "@/lib/sales/words";

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
        : { text: formatNumber(part.orders, locale), href: ordersHref(reader, part) },
    units: part.units === null ? null : formatNumber(part.units, locale),
    ...{ revenue: part.revenue, share: formatPercent(share, locale) },
    ...{ cancelledSum: part.cancelledSum, returnedSum: part.returnedSum },
  };
}

/** The list of those orders; it cannot be narrowed by everything that figures are parted by. */
function ordersHref({ by, store, period }: Reader, part: SalesPart): string {
  const narrowed: Record<string, string> = { tab: "all", ...period, ...(store && { store }) };
  if (by === "store") narrowed.store = part.key;
  if (by === "city" && /^\d+$/.test(part.key)) narrowed.city = part.key;
  if (by === "product") narrowed.q = part.key.split(" ").slice(1).join(" ");
  return `/orders?${new URLSearchParams(narrowed)}`;
}
