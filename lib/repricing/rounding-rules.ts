import type { Rounding } from "./rule-model";

/**
 * The rounded price at or below `price`; the next above when that would be under `least`; the price
 * itself when no rounded one lies within the band. `price` must.
 */
export function roundWithin(
  rounding: Rounding,
  price: number,
  { least, most }: { least: number; most: number },
): number {
  const [first, every] = gridOf(rounding);
  const down = first + Math.floor((price - first) / every) * every;
  if (down >= least) return down;
  return down + every <= most ? down + every : price;
}

/** The first rounded price and how far apart they are. */
function gridOf({ kind, value }: Rounding): readonly [first: number, every: number] {
  if (kind === "to") return [0, value];
  return [value, 10 ** String(value).length];
}
