import type { Tariff, TariffKind } from "@/lib/costs/model";

/** A tariff of the whole installation from the start of the year on, unless said otherwise. */
export function tariff(kind: TariffKind, value: object, over: Partial<Tariff> = {}): Tariff {
  const head = {
    id: `${kind}-${over.validFrom ?? ""}`,
    storeId: null,
    category: "",
    validFrom: "2026-01-01",
    source: null,
    setAt: new Date(0),
  };
  return { ...head, kind, value, ...over } as Tariff;
}

export const nothingUsual = {
  packaging: null,
  other: null,
  returns: null,
  weightGrams: null,
  delivery: null,
  minProfit: null,
  minMargin: null,
};
