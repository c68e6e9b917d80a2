import type { Rounding } from "@/lib/repricing/rule/rule-model";

/**
 * The rounded price at or below `price`, or the next above when that would be under `least`. Null when
 * no rounded one lies between `least` and `most`, as `price` does.
 */
export function roundWithin(
  rounding: Rounding,
  price: number,
  { least, most }: { least: number; most: number },
): number | null {
  const [first, every] = gridOf(rounding);
  const down = first + Math.floor((price - first) / every) * every;
  if (down >= least) return down;
  return down + every <= most ? down + every : null;
}

/** The first rounded price and how far apart they are. */
function gridOf({ kind, value }: Rounding): readonly [first: number, every: number] {
  if (kind === "to") return [0, value];
  return [value, 10 ** String(value).length];
}
