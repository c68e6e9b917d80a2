import { HOUR, later } from "@/lib/core/time";

/** The longest way a change may be put ahead of those that have waited longer. */
export const LONGEST_HEAD_START_MS = HOUR;

/** A unit that earns this share of its price, or more, is worth its full turn. */
const FULL_MARGIN = 0.2;
/** Of goods whose costs nobody has entered. */
const UNKNOWN_MARGIN = FULL_MARGIN / 2;

/** What is known of a change of price, of what sending it is worth. */
export type Stake = {
  /** Our place at the present price and at the new one; null: the market was not seen. */
  places: { before: number; after: number } | null;
  /** What one unit earns at the new price, as a share of it; null: its costs are not known. */
  margin: number | null;
  /** The present price is below what we may sell for: every sale until then is a loss. */
  isBelowFloor: boolean;
};

/**
 * What it is worth to send a change, 0 to 1: the place it gains times what a unit earns there. Buyers thin
 * out from place to place, so that the first is worth as much as 1, the second as ½, the third as ⅓. Getting
 * off a price below the floor is worth 1; a change that gains no place is worth 0: without data the oldest
 * goes first. How fast the goods sell is not known yet.
 */
export function worthOf({ places, margin, isBelowFloor }: Stake): number {
  if (isBelowFloor) return 1;
  if (!places) return 0;
  const gained = Math.max(0, 1 / places.after - 1 / places.before);
  const earned = Math.max(0, (margin ?? UNKNOWN_MARGIN) / FULL_MARGIN);
  return gained * Math.min(1, earned);
}

/**
 * When it is a change's turn, among those of its store: they leave in the order of this moment. It is when
 * the product began to wait, less a head start for what the change is worth. Waiting thus adds to the value
 * of all alike, the order of two never turns round, and nothing is overtaken by what begins to wait
 * `LONGEST_HEAD_START_MS` later: who waits always comes to their turn.
 */
export function turnAt(waitingSince: Date, stake: Stake): Date {
  return later(waitingSince, -Math.round(worthOf(stake) * LONGEST_HEAD_START_MS));
}
