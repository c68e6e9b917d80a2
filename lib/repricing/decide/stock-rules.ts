import type { LowStock, RepricingRule } from "@/lib/repricing/rule/rule-model";

/** A stock that lasts for no more days than its rule minds. */
export type Scarcity = LowStock & { left: number };

/** What a rule makes of a stock that lasts for so many whole days; null: nothing, as when nobody knows. */
export function scarcityBy({ lowStock }: RepricingRule, left: number | null): Scarcity | null {
  if (lowStock === null || left === null || left > lowStock.days) return null;
  return { ...lowStock, left };
}
