import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import { LOW_DAYS } from "@/lib/sales/stock-model";
import type { StockLine as Counted } from "@/lib/sales/stock-queries";

/** A product's stock as the browser gets it. */
export type StockLine = {
  key: string;
  name: string;
  sku: string;
  imageUrl: string | null;
  stock: string;
  isOwnCount: boolean;
  sold: string;
  left: { text: string; tone: "red" | "amber" | "plain" };
};

export function stockLine(
  row: Counted,
  { t, locale }: { t: Translator; locale: Locale },
): StockLine {
  const { stock, daysLeft, isOwnCount } = row;
  return {
    ...{ key: row.productId, name: row.name, sku: row.sku, imageUrl: row.imageUrl, isOwnCount },
    stock: stock === null ? t("sales.stock.notCounted") : formatNumber(stock, locale),
    sold: formatNumber(row.sold, locale),
    left: { text: leftText(row, { t, locale }), tone: toneOf(stock, daysLeft) },
  };
}

function leftText(
  { onSale, stock, daysLeft }: Counted,
  { t, locale }: { t: Translator; locale: Locale },
): string {
  if (!onSale) return t("sales.stock.offSale");
  if (stock === 0) return t("sales.stock.gone");
  if (daysLeft === null) return "—";
  const days = Math.floor(daysLeft);
  return t("sales.stock.days", { count: days, shown: formatNumber(days, locale) });
}

function toneOf(stock: number | null, daysLeft: number | null): StockLine["left"]["tone"] {
  if (stock === 0) return "red";
  if (daysLeft === null || daysLeft > LOW_DAYS) return "plain";
  return daysLeft <= LOW_DAYS / 2 ? "red" : "amber";
}
