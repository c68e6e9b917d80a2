import { errorText } from "@/lib/i18n/error-text";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import type { StepLine, StepResult } from "./model";

/** A step with what came of it, in a sentence. */
export function stepLine(t: Translator, locale: Locale, result: StepResult): StepLine {
  const { step, kind } = result;
  const ms = kind === "skipped" ? null : result.ms;
  return { step, kind, ms, text: textOf(t, locale, result) };
}

function textOf(t: Translator, locale: Locale, result: StepResult): string {
  if (result.kind === "skipped") return t(`diagnose.skipped.${result.why}`);
  if (result.kind === "ok")
    return t(`diagnose.ok.${result.step}`, { figure: formatNumber(result.figure ?? 0, locale) });
  const { error, key, params, retryAfterMs } = result;
  return errorText(t, { kind: error, key, params, retryAfterMs: retryAfterMs ?? undefined });
}
