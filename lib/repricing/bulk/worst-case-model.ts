import type { WorstCase } from "./bulk-model";

/** The one that goes further; null: none. */
export function worse(one: WorstCase | null, other: WorstCase | null): WorstCase | null {
  if (one === null || other === null) return one ?? other;
  return Math.abs(other.percent) > Math.abs(one.percent) ? other : one;
}
