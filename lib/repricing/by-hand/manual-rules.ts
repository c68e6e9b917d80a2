import { LOWEST_KASPI_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { isCrossed } from "@/lib/repricing/rule/ceiling-rules";

/** What a person typed: fine, wrong, or to be asked back. Texts: `errors.<key>`. */
export type TypedVerdict =
  | { kind: "ok" }
  | {
      kind: "refuse";
      key:
        | "price_below_minimum"
        | "price_below_floor"
        | "price_above_ceiling"
        | "floor_above_ceiling"
        | "bot_needs_floor";
    }
  | { kind: "confirm"; key: "floor_far_below_price" | "price_far_from_current" | "price_unknown" };

/**
 * A price typed by hand, ₸. `ceiling` is the one set: without one a price by hand sets the anchor
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
  if (price < LOWEST_KASPI_PRICE) return { kind: "refuse", key: "price_below_minimum" };
  if (floor !== null && price < floor) return { kind: "refuse", key: "price_below_floor" };
  if (ceiling !== null && price > ceiling) return { kind: "refuse", key: "price_above_ceiling" };
  if (!current) return { kind: "confirm", key: "price_unknown" };
  if (Math.abs(price - current) * 100 > current * freeze)
    return { kind: "confirm", key: "price_far_from_current" };
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
      return { kind: "refuse", key: "price_below_minimum" };
  if (floor === null) return { kind: "ok" };
  if (ceiling !== null && floor > ceiling) return { kind: "refuse", key: "floor_above_ceiling" };
  if (floorNeedsConfirmation(floor, current))
    return { kind: "confirm", key: "floor_far_below_price" };
  return { kind: "ok" };
}

/** ₸; null: none. */
export type Limits = { floor: Tenge | null; ceiling: Tenge | null };

/** Limits that replace others: a low floor that was there already is not asked back again. */
export function judgeLimitsChange(
  before: Pick<Limits, "floor">,
  after: Limits,
  current: Tenge | null,
): TypedVerdict {
  const verdict = judgeLimits({ ...after, current });
  return verdict.kind === "confirm" && after.floor === before.floor ? { kind: "ok" } : verdict;
}

/** Limits that another rule makes: what was missing or crossed before is nobody's new mistake. */
export function judgeRuledLimits(
  was: Limits,
  becomes: Limits,
  { botEnabled, current }: { botEnabled: boolean; current: Tenge | null },
): TypedVerdict {
  if (was.floor !== null && becomes.floor === null) return judgeBotSwitch(botEnabled, null);
  const ceiling = isCrossed(was) ? null : becomes.ceiling;
  return judgeLimitsChange(was, { floor: becomes.floor, ceiling }, current);
}

/** Switching a bot on or off: without a floor it would have nothing to stop at. */
export function judgeBotSwitch(enabled: boolean, floor: Tenge | null): TypedVerdict {
  return enabled && floor === null ? { kind: "refuse", key: "bot_needs_floor" } : { kind: "ok" };
}

/** 1 299 for 12 990 is a typing error: a floor under half of the present price is asked back. */
export function floorNeedsConfirmation(floor: Tenge, current: Tenge | null): boolean {
  return current !== null && floor * 2 < current;
}

/** Switching a bot off and on again never lowers the ceiling it had. */
export function anchorWhenSwitchedOn(anchor: Tenge | null, current: Tenge | null): Tenge | null {
  if (current === null) return anchor;
  return tenge(Math.max(anchor ?? 0, current));
}
