import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import { decisionText } from "@/lib/repricing/decide/reason-text";

const MOST_KEPT = 20_000;
const kept = new Map<string, string>();

type Decision = Parameters<typeof decisionText>[2] & { id: string };

/** Why a price was decided as it was. A decision never changes, and a list tells of the same ones again and again. */
export function keptDecisionText(t: Translator, locale: Locale, decision: Decision): string {
  const key = `${locale} ${decision.id}`;
  const before = kept.get(key);
  if (before !== undefined) return before;
  const text = decisionText(t, locale, decision);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, text);
  return text;
}
