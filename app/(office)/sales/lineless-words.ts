import type { Locale } from "@/lib/i18n/locales";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import type { Totals } from "@/lib/sales/model";

/** How many orders are in the sales and in no product yet, as the message wants them. */
export const linelessWords = (
  { lineless, linelessSum }: Pick<Totals, "lineless" | "linelessSum">,
  locale: Locale,
) => ({
  count: lineless,
  shown: formatNumber(lineless, locale),
  sum: formatMoney(linelessSum, locale),
});
