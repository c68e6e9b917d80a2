import { HIGHEST_PRICE, type Tenge, tenge } from "@/lib/core/money";

/** What the ceiling of a product is made of. */
export type CeilingParts = {
  /** ₸. */
  typed: Tenge | null;
  /** Goods, packaging and other expenses of one unit, ₸; null: one of them is not set. */
  costInFull: Tenge | null;
  /** How far above that a price may be, %; null: the rule does not ask. */
  markup: number | null;
};

/** The ceiling that is set, ₸, and whether cost has the last word in it. */
export type SetCeiling = { ceiling: Tenge | null; fromCost: boolean };

/** The lower of the ceiling typed and the one computed. A cost that is not set makes none: unlike a floor, it stops nothing. */
export function setCeiling({ typed, costInFull, markup }: CeilingParts): SetCeiling {
  const computed = costInFull === null || markup === null ? null : aboveCost(costInFull, markup);
  if (computed === null || (typed !== null && typed <= computed))
    return { ceiling: typed, fromCost: false };
  return { ceiling: computed, fromCost: true };
}

/** Down to a whole tenge; a markup has two decimals at most. */
function aboveCost(costInFull: Tenge, markup: number): Tenge {
  const hundredths = 10_000 + Math.round(markup * 100);
  return tenge(Math.min(Math.floor((costInFull * hundredths) / 10_000), HIGHEST_PRICE));
}

/** The floor is above the ceiling that is set: no price lies between them. */
export const isCrossed = ({ floor, ceiling }: { floor: Tenge | null; ceiling: Tenge | null }) =>
  floor !== null && ceiling !== null && floor > ceiling;
