import { LOWEST_KASPI_PRICE, type Tenge } from "@/lib/core/money";

/** What a person typed: fine, wrong, or to be asked back. Texts: `reasons.typed.<why>`. */
export type TypedVerdict =
  | { kind: "ok" }
  | {
      kind: "refuse";
      why: "below_lowest" | "below_floor" | "above_ceiling" | "floor_above_ceiling";
    }
  | { kind: "confirm"; why: "floor_under_half" | "beyond_freeze" | "unknown_price" };

/**
 * A price typed by hand, ₸. `ceiling` is the one typed: without one a price by hand sets the anchor
 * and so cannot be above it. `freeze` is a percentage.
 */
export function judgeManualPrice(typed: {
  price: Tenge;
  floor: Tenge | null;
  ceiling: Tenge | null;
  current: Tenge | null;
  freeze: number;
}): TypedVerdict {
  const { price, floor, ceiling, current, freeze } = typed;
  if (price < LOWEST_KASPI_PRICE) return { kind: "refuse", why: "below_lowest" };
  if (floor !== null && price < floor) return { kind: "refuse", why: "below_floor" };
  if (ceiling !== null && price > ceiling) return { kind: "refuse", why: "above_ceiling" };
  if (!current) return { kind: "confirm", why: "unknown_price" };
  if (Math.abs(price - current) * 100 > current * freeze)
    return { kind: "confirm", why: "beyond_freeze" };
  return { kind: "ok" };
}

/** Floor and ceiling as they would be saved, ₸; `null` means none. */
export function judgeLimits(typed: {
  floor: Tenge | null;
  ceiling: Tenge | null;
  current: Tenge | null;
}): TypedVerdict {
  const { floor, ceiling, current } = typed;
  for (const limit of [floor, ceiling])
    if (limit !== null && limit < LOWEST_KASPI_PRICE)
      return { kind: "refuse", why: "below_lowest" };
  if (floor === null) return { kind: "ok" };
  if (ceiling !== null && floor > ceiling) return { kind: "refuse", why: "floor_above_ceiling" };
  if (floorNeedsConfirmation(floor, current)) return { kind: "confirm", why: "floor_under_half" };
  return { kind: "ok" };
}

/** 1 299 for 12 990 is a typing error: a floor under half of the present price is asked back. */
export function floorNeedsConfirmation(floor: Tenge, current: Tenge | null): boolean {
  return current !== null && floor * 2 < current;
}
