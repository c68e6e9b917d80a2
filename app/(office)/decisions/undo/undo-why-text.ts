import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import { stateText } from "@/lib/repricing/decide/reason-text";

/** Why a price is not put back: a reason of the undo's own, or what the gate or Kaspi had against it. */
export function undoWhyText(t: Translator, locale: Locale, why: string | null): string {
  const own = `reasons.undo.${why}` as Parameters<Translator>[0];
  if (t.has(own)) return t(own);
  return stateText(t, locale, { state: "refused", stateReason: why });
}
