import type { Locale } from "@/lib/i18n/locales";
import { formatMoney } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import { decisionText } from "@/lib/repricing/decide/reason-text";
import type { FrozenAnswer } from "./answer-frozen";

/** What has come of an answer to a frozen price; null: it was a no. */
export function frozenAnswerText(
  t: Translator,
  locale: Locale,
  answer: FrozenAnswer | null,
): string {
  if (answer === null) return t("approvals.answer.kept");
  const money = (amount: number) => formatMoney(amount, locale);
  switch (answer.kind) {
    case "changes":
      return t("approvals.answer.changes", { price: money(answer.price) });
    case "frozen_anew":
      return t("approvals.answer.frozenAnew", {
        wanted: money(answer.wanted),
        approved: money(answer.approved),
      });
    case "unread":
      return t("approvals.answer.unread");
    case "stays":
      return t("approvals.answer.stays", { why: decisionText(t, locale, answer) });
  }
}
