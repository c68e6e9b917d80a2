import type { Locale } from "./locales";
import { formatMoney, formatPercent } from "./money";

export type ChangeText = { amount: string; percent: string };

/** `−1 200 ₸` and `−9 %`, with a real minus; null where there is nothing to compare. */
export function changeText(
  before: number | null,
  after: number | null,
  locale: Locale,
): ChangeText | null {
  if (before === null || after === null || before === 0) return null;
  const difference = after - before;
  const sign = difference < 0 ? "−" : difference > 0 ? "+" : "";
  const percent = Math.round((1000 * Math.abs(difference)) / before) / 10;
  const shown = percent >= 10 ? Math.round(percent) : percent;
  return {
    amount: `${sign}${formatMoney(Math.abs(difference), locale)}`,
    percent:
      difference !== 0 && shown === 0
        ? `<\u202f${formatPercent(0.1, locale)}`
        : `${sign}${formatPercent(shown, locale)}`,
  };
}
