import type { Tenge } from "@/lib/core/money";
import { judgeRuledLimits, type Limits } from "@/lib/repricing/by-hand/manual-rules";

/** A bot in a city with its limits by the rule before and by the one after. */
export type Relimited = { productId: string; price: Tenge | null; was: Limits; becomes: Limits };

/** How many products a store's rule would do something to that is asked back. */
export type StoreDoubts = {
  /** Their floor would be under half of the price. */
  low: number;
  /** Their bots would stand still: there would be no floor. */
  still: number;
  /** The same: the floor would be above the ceiling. */
  crossed: number;
};

/** Null: nothing to be asked about. */
export function doubtsOf(bots: Iterable<Relimited>): StoreDoubts | null {
  const doubted = { low: new Set(), still: new Set(), crossed: new Set() };
  for (const { productId, price: current, was, becomes } of bots) {
    const verdict = judgeRuledLimits(was, becomes, { botEnabled: true, current });
    if (verdict.kind === "confirm") doubted.low.add(productId);
    if (verdict.kind === "refuse")
      doubted[verdict.key === "bot_needs_floor" ? "still" : "crossed"].add(productId);
  }
  const { low, still, crossed } = doubted;
  if (low.size + still.size + crossed.size === 0) return null;
  return { low: low.size, still: still.size, crossed: crossed.size };
}
