import type { Locale } from "@/lib/i18n/locales";
import { formatPercent } from "@/lib/i18n/money";

/** Beyond this it is said to be new: «+12 400 %» helps nobody. */
const MOST_PERCENT = 999;

/** By how much a figure differs from the one before; null: there was nothing to compare with. */
export function changeOf(
  now: number,
  before: number,
  { locale, isMoreBetter = true }: { locale: Locale; isMoreBetter?: boolean },
): { text: string; tone: "good" | "bad" | "same" } | null {
  if (before <= 0) return null;
  const percent = Math.round(((now - before) / before) * 100);
  if (percent > MOST_PERCENT) return null;
  if (percent === 0) return { text: formatPercent(0, locale), tone: "same" };
  const sign = percent > 0 ? "+" : "";
  return {
    text: `${sign}${formatPercent(percent, locale)}`,
    tone: percent > 0 === isMoreBetter ? "good" : "bad",
  };
}
