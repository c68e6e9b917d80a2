import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import type { WatchedCard } from "@/lib/reviews/watch-queries";
import { isUnderWay } from "@/lib/runs/model";

/** A row of the table of cards as the browser gets it. */
export type CardLine = {
  cardId: string;
  name: string;
  rating: string;
  total: string;
  readAt: Date | null;
  state: "reading" | "failed" | "read";
};

export function cardLine(card: WatchedCard, t: Translator, locale: Locale): CardLine {
  const { cardId, name, rating, total, lastReadAt, errorKey, run } = card;
  const number = (value: number | null) => (value === null ? "" : formatNumber(value, locale));
  const failed = errorKey === null ? "read" : "failed";
  return {
    cardId,
    name: name ?? t("reviews.card.unnamed", { card: cardId }),
    rating: number(rating),
    total: number(total),
    readAt: lastReadAt,
    state: run && isUnderWay(run) ? "reading" : failed,
  };
}
