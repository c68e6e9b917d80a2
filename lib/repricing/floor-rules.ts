import { type Tenge, tenge } from "@/lib/core/money";

/** First and last price of a stretch above the computed floor that earns less than it should. */
export type Gap = readonly [from: Tenge, to: Tenge];

/** What the floor of a product is made of, ₸. */
export type FloorParts = {
  typed: Tenge | null;
  /** From cost and tariffs; null: something it needs is not set. */
  computed: Tenge | null;
  floorFromCost: boolean;
};

/**
 * The lowest price we may send, ₸: the one typed in, or the higher of that and the one computed when
 * the rule asks for it. `null` means "do not touch": also when what was asked for cannot be computed.
 */
export function effectiveFloor({ typed, computed, floorFromCost }: FloorParts): Tenge | null {
  if (!floorFromCost) return typed;
  return computed === null ? null : tenge(Math.max(typed ?? 0, computed));
}

/** The nearest price below the stretch it lies in, or the price itself. Never below the computed floor. */
export function belowGap(price: number, gaps: readonly Gap[]): number {
  const gap = gaps.find(([from, to]) => from <= price && price <= to);
  return gap ? gap[0] - 1 : price;
}
