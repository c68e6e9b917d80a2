import { type DecisionLine, decisionLine } from "@/components/repricing/decision-line";
import { type ChangeText, changeText } from "@/lib/i18n/change";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import type { LedgerEntry } from "@/lib/ledger/queries";

/** A row of the ledger as the browser gets it. */
export type LedgerLine = DecisionLine &
  Pick<LedgerEntry, "productId" | "productName" | "sku" | "runId"> & {
    /** Store and city, where they are not plain. */
    where: string | null;
    difference: ChangeText | null;
    who: string;
  };

type Reader = { t: Translator; locale: Locale; severalStores: boolean };

export function ledgerLine(entry: LedgerEntry, { t, locale, severalStores }: Reader): LedgerLine {
  const { productId, productName, sku, runId, storeName, cityName, origin, actorName } = entry;
  const where = [severalStores ? storeName : null, cityName].filter(Boolean).join(", ");
  const person = actorName ?? t("ledger.who.person");
  return {
    ...decisionLine(t, locale, entry),
    productId,
    productName,
    sku,
    runId,
    where: where || null,
    difference: changeText(entry.priceBefore, entry.price, locale),
    who: origin === "bot" ? t("ledger.who.bot") : t(`ledger.who.${origin}`, { person }),
  };
}
