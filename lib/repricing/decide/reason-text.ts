import type { Locale } from "@/lib/i18n/locales";
import { formatMoney } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import { reasonValues } from "./reason-model";

type Values = Readonly<Record<string, number | string>>;
type Key = Parameters<Translator>[0];

function sentence(t: Translator, key: string, params: Values, locale: Locale): string | null {
  const known = key as Key;
  if (!t.has(known)) return null;
  return t(
    known,
    reasonValues(params, (amount) => formatMoney(amount, locale)),
  );
}

/** Why a price is decided as it is: one sentence with its numbers. */
export function decisionText(
  t: Translator,
  locale: Locale,
  decision: { reason: string; params: Values },
): string {
  return (
    sentence(t, `reasons.decision.${decision.reason}`, decision.params, locale) ?? decision.reason
  );
}

/** What became of the decision: the special reason if there is one, else its state in words. */
export function stateText(
  t: Translator,
  locale: Locale,
  decision: { state: string; stateReason: string | null; stateParams?: Values },
): string {
  const { state, stateReason, stateParams = {} } = decision;
  const isKaspis = stateReason?.startsWith("kaspi_");
  return (
    sentence(t, `reasons.fate.${stateReason}`, stateParams, locale) ??
    sentence(t, `reasons.gate.${stateReason}`, stateParams, locale) ??
    (isKaspis ? sentence(t, "reasons.fate.kaspi_unavailable", stateParams, locale) : null) ??
    sentence(t, `reasons.state.${state}`, stateParams, locale) ??
    state
  );
}
