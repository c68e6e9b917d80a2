import type { CostField, Costs } from "@/lib/costs/model";

/** In the order of the form. */
export const costFields = [
  "cost",
  "packaging",
  "other",
  "returns",
  "weightGrams",
  "delivery",
  "minProfit",
  "minMargin",
] as const satisfies readonly CostField[];

export type CostTexts = Record<CostField, string>;

/** Costs as a form shows them; what is not set is empty. */
export function costTexts(costs: Costs | null): CostTexts {
  const text = (name: CostField) => {
    const value = costs?.[name] ?? null;
    if (value === null) return "";
    return name === "minMargin" ? String(Number(value) / 100) : String(value);
  };
  return Object.fromEntries(costFields.map((name) => [name, text(name)])) as CostTexts;
}
