import type { Translator } from "@/lib/i18n/translator";
import {
  changeReasons,
  holdReasons,
  manualReasons,
  skipReasons,
} from "@/lib/repricing/decide/reason-model";

/** Every reason by its short name, for a list to choose from. */
export function reasonNames(t: Translator): { value: string; label: string }[] {
  return [...changeReasons, ...holdReasons, ...skipReasons, ...manualReasons]
    .map((reason) => ({ value: reason, label: reasonName(t, reason) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** The short name of a reason; one without words of its own keeps its code. */
export function reasonName(t: Translator, code: string): string {
  const key = `list.reason.${code}` as Parameters<Translator>[0];
  return t.has(key) ? t(key) : code;
}
