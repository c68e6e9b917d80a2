import { type Tenge, tenge } from "@/lib/core/money";
import type { PriceGap } from "@/lib/costs/model";

/** What the floor of a product is made of, ₸. */
export type FloorParts = {
  typed: Tenge | null;
  /** From cost and tariffs; null: something it needs is not set. */
  computed: Tenge | null;
  gaps: readonly PriceGap[];
  floorFromCost: boolean;
};

/**
 * The lowest price we may send, ₸: the one typed in, or the higher of that and the one computed when
 * the rule asks for it. `null` means "do not touch": also when what was asked for cannot be computed.
 */
export function effectiveFloor({ typed, computed, gaps, floorFromCost }: FloorParts): Tenge | null {
  if (!floorFromCost) return typed;
  if (computed === null) return null;
  const higher = Math.max(typed ?? 0, computed);
  const gap = gapAt(higher, gaps);
  return tenge(gap ? gap[1] + 1 : higher);
}

/** The gap a price lies in. */
export const gapAt = (price: number, gaps: readonly PriceGap[]): PriceGap | undefined =>
  gaps.find(([from, to]) => from <= price && price <= to);
