import { reasonName } from "@/components/repricing/reason-names";
import type { Translator } from "@/lib/i18n/translator";
import type { Facets } from "@/lib/products/filter-model";
import type { NamedFacets } from "./narrow-panel";

/** Facets with the words a person reads. */
export function namedFacets(
  t: Translator,
  { categories, reasons }: Facets,
  rival: string | null,
): NamedFacets {
  return {
    rival,
    categories: categories.map((facet) => ({ ...facet, name: facet.value })),
    reasons: reasons.map((facet) => ({ ...facet, name: reasonName(t, facet.value) })),
  };
}
