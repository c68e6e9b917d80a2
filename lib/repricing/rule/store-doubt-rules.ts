import type { Tenge } from "@/lib/core/money";
import { judgeLimitsChange } from "@/lib/repricing/by-hand/manual-rules";

/** The limits of a bot in a city, as a rule makes them. */
export type RuledLimits = { floor: Tenge | null; ceiling: Tenge | null };

/** A bot with its limits by the rule before and by the one after. */
export type Relimited = {
  productId: string;
  price: Tenge | null;
  was: RuledLimits;
  becomes: RuledLimits;
};

/** How many products a store's rule would do something to that is asked back. */
export type StoreDoubts = {
  /** Their floor would be under half of the price. */
  low: number;
  /** Their bots would stand still: there would be no floor. */
  still: number;
  /** The same: the floor would be above the ceiling. */
  crossed: number;
};

type Doubt = keyof StoreDoubts;

/** Null: nothing to be asked about. */
export function doubtsOf(bots: Iterable<Relimited>): StoreDoubts | null {
  const doubted = { low: new Set(), still: new Set(), crossed: new Set() };
  for (const bot of bots) {
    const doubt = doubtOf(bot);
    if (doubt) doubted[doubt].add(bot.productId);
  }
  const { low, still, crossed } = doubted;
  if (low.size + still.size + crossed.size === 0) return null;
  return { low: low.size, still: still.size, crossed: crossed.size };
}

/** What was so before is not asked about again. */
function doubtOf({ price, was, becomes }: Relimited): Doubt | null {
  const { floor } = becomes;
  if (floor === null) return was.floor === null ? null : "still";
  if (isCrossed(becomes)) return isCrossed(was) ? null : "crossed";
  const verdict = judgeLimitsChange(was, { floor, ceiling: null }, price);
  return verdict.kind === "confirm" ? "low" : null;
}

/** The floor is above the ceiling that is typed or computed. */
export const isCrossed = ({ floor, ceiling }: RuledLimits) =>
  floor !== null && ceiling !== null && floor > ceiling;
