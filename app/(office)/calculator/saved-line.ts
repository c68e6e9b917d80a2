import type { SavedRow } from "@/lib/calculator/sheet";
import type { Locale } from "@/lib/i18n/locales";
import { formatMoney, formatPercent } from "@/lib/i18n/money";

/** A row of the saved ones as the browser gets it. */
export type SavedLine = {
  id: string;
  name: string;
  href: `/calculator?${string}`;
  price: string;
  profit: string;
  isLoss: boolean;
  margin: string;
  breakEven: string;
  savedAt: Date;
};

export function savedLine(
  { id, name, texts, savedAt, said, outcome }: SavedRow,
  locale: Locale,
): SavedLine {
  const { profit, breakEven } = outcome;
  const money = (amount: number | null) => (amount === null ? "" : formatMoney(amount, locale));
  return {
    id,
    name,
    href: `/calculator?${new URLSearchParams(texts)}`,
    price: money(said.price),
    profit: money(profit?.profit ?? null),
    isLoss: (profit?.profit ?? 0) < 0,
    margin: profit ? formatPercent(profit.margin / 100, locale) : "",
    breakEven: money(breakEven.kind === "floor" ? breakEven.floor : null),
    savedAt,
  };
}
