import type { Translator } from "@/lib/i18n/translator";
import type { Facets } from "@/lib/products/filter-model";
import type { NamedFacets } from "./narrow-panel";

/** Facets with the words a person reads; a reason without words of its own keeps its code. */
export function namedFacets(t: Translator, { categories, reasons }: Facets): NamedFacets {
  const reasonName = (code: string) => {
    const key = `list.reason.${code}` as Parameters<Translator>[0];
    return t.has(key) ? t(key) : code;
  };
  return {
    categories: categories.map((facet) => ({ ...facet, name: facet.value })),
    reasons: reasons.map((facet) => ({ ...facet, name: reasonName(facet.value) })),
  };
}
