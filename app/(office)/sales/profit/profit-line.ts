import type { Locale } from "@/lib/i18n/locales";
import { formatMoney, formatNumber, formatPercent } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import type { ProfitLine as Sums } from "@/lib/sales/load-profit";
import type { Period } from "@/lib/sales/model";
import { missingText } from "@/lib/sales/words";
import { ordersHref } from "../orders-href";

/** A product's profit as the browser gets it. */
export type ProfitLine = {
  key: string;
  name: string;
  sku: string;
  href: string | null;
  ordersHref: string;
  units: string;
  revenue: number;
  /** Null: nothing of it is known. */
  profit: number | null;
  margin: string | null;
  /** What is not known of it, in words. */
  unknown: string | null;
  isLosing: boolean;
  /** That a unit earns less at the present price than at the one before. */
  worse: string | null;
};

type Reader = { t: Translator; locale: Locale; period: Period };

export function profitLine(row: Sums, { t, locale, period }: Reader): ProfitLine {
  const { knownRevenue, profit, revenue, missing } = row;
  const isKnown = knownRevenue > 0;
  const unknown = revenue - knownRevenue;
  return {
    key: `${row.storeId} ${row.line}`,
    name: row.name,
    sku: row.sku ?? "",
    href: row.productId ? `/products/${row.productId}` : null,
    ordersHref: ordersHref({ store: row.storeId, period }, "product", { ...row, key: "" }),
    units: formatNumber(row.units, locale),
    revenue,
    profit: isKnown ? profit : null,
    margin: isKnown ? formatPercent(Math.round((profit / knownRevenue) * 1000) / 10, locale) : null,
    unknown:
      unknown > 0
        ? t("sales.profit.missing", {
            sum: formatMoney(unknown, locale),
            what: missing.map((one) => missingText(t, one)).join(", "),
          })
        : null,
    isLosing: isKnown && profit < 0,
    worse: worseOf(row, { t, locale }),
  };
}

function worseOf({ unit }: Sums, { t, locale }: Pick<Reader, "t" | "locale">): string | null {
  if (unit === null || unit.now >= unit.before) return null;
  const money = (amount: number) => formatMoney(amount, locale);
  return t("sales.profit.worse", {
    now: money(unit.now),
    before: money(unit.before),
    price: money(unit.priceBefore),
  });
}
