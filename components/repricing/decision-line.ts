import type { Tenge } from "@/lib/core/money";
import type { Locale } from "@/lib/i18n/locales";
import { formatMoney } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import type { TrailStep } from "@/lib/repricing/decide/model";
import type { HistoryEntry } from "@/lib/repricing/ledger/history-queries";
import { type DecisionWords, decisionWords } from "./decision-words";

/** A decision of the past as the page shows it. */
export type DecisionLine = {
  id: string;
  seq: number;
  words: DecisionWords;
  /** What it was and what it was to become; null for a decision to leave it. */
  change: { before: Tenge | null; after: Tenge } | null;
  /** «Цель по правилу 899 ₸», «Не ниже минимума 900 ₸». */
  trail: string[];
  /** Who set it by hand, or had it put back. */
  person: string | null;
  byHand: boolean;
  dryRun: boolean;
  code: string;
  sentAt: Date | null;
  confirmedAt: Date | null;
};

export function decisionLine(t: Translator, locale: Locale, entry: HistoryEntry): DecisionLine {
  const { price, priceBefore, stateReason } = entry;
  const trail = entry.trail as TrailStep[];
  return {
    id: entry.id,
    seq: entry.seq,
    words: decisionWords(t, locale, entry),
    change: price === null ? null : { before: priceBefore, after: price },
    trail: trail.map(
      ({ clamp, after }) => `${t(`reasons.trail.${clamp}`)} ${formatMoney(after, locale)}`,
    ),
    person: entry.actorName,
    byHand: entry.origin !== "bot",
    dryRun: entry.dryRun,
    code: stateReason ? `${entry.reason}, ${stateReason}` : entry.reason,
    sentAt: entry.sentAt,
    confirmedAt: entry.confirmedAt,
  };
}
