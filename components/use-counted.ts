"use client";

import { useLocale } from "next-intl";
import { formatNumber } from "@/lib/i18n/money";

/**
 * A number for a message: `count` chooses the plural, `shown` is what people read. A message's own
 * `#` would be written by the engine, and browsers have no Kazakh numbers.
 */
export function useCounted() {
  const locale = useLocale();
  return (count: number) => ({ count, shown: formatNumber(count, locale) });
}
