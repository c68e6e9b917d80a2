import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";

/** A number for a message: `count` chooses the plural, `shown` is what people read. */
export function counted(count: number, locale: Locale): { count: number; shown: string } {
  return { count, shown: formatNumber(count, locale) };
}
