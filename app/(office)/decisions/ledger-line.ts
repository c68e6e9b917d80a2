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
    /** A change that has left for Kaspi, or is about to, in a store the reader may change. What is held is answered instead. */
    mayUndo: boolean;
    /** A person is asked about it. */
    isAsked: boolean;
  };

const left: ReadonlySet<string> = new Set(["pending", "sending", "sent", "confirmed"]);

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
    mayUndo: entry.isWritable && !entry.dryRun && entry.kind === "change" && left.has(entry.state),
    isAsked: entry.state === "held" || entry.state === "frozen",
    who: origin === "bot" ? t("ledger.who.bot") : t(`ledger.who.${origin}`, { person }),
  };
}
