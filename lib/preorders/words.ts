import type { Translator } from "@/lib/i18n/translator";

type Key = Parameters<Translator>[0];

/** Why a preorder waits, or what has become of its last write, in a sentence. */
export function whyText(t: Translator, why: string): string {
  const key = `preorders.why.${why}` as Key;
  if (t.has(key)) return t(key);
  const isKaspis = why.startsWith("kaspi_") || why === "unavailable";
  return t(isKaspis ? "preorders.why.kaspi" : "preorders.why.other");
}
