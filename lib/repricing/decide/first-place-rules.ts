import { LOWEST_KASPI_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { gapAt } from "@/lib/repricing/rule/floor-rules";
import type { DecisionInput, Offer } from "./model";
import { isAtWork } from "./schedule-rules";

/** What keeps a product from the first place, the weightiest first. */
export const firstPlaceObstacles = [
  "not_on_sale",
  "no_floor",
  "below_lowest",
  "floor",
  "gap",
  "manual_lock",
  "bot_off",
  "own_store_leads",
  "asleep",
  "other_aim",
  "freeze",
  "step",
] as const;
export type FirstPlaceObstacle = (typeof firstPlaceObstacles)[number];

/** What it would take to be strictly the cheapest on the card. */
export type WayToFirst =
  | { kind: "alone" }
  | { kind: "first"; above: Tenge }
  | { kind: "way"; price: Tenge; cheapest: Tenge; obstacles: FirstPlaceObstacle[] };

/**
 * The dearest price that is the first place on a card, ₸, and what stands in its way. `others`: every
 * offer but ours. Null: our price is not known.
 */
export function wayToFirst(input: DecisionInput, others: readonly Offer[]): WayToFirst | null {
  const { current } = input;
  if (current === null) return null;
  if (others.length === 0) return { kind: "alone" };
  const cheapest = tenge(Math.min(...others.map(({ price }) => price)));
  if (current < cheapest) return { kind: "first", above: cheapest };
  const price = tenge(Math.max(cheapest - 1, 1));
  return { kind: "way", price, cheapest, obstacles: obstaclesOf(input, current, price) };
}

function obstaclesOf(input: DecisionInput, current: Tenge, price: Tenge): FirstPlaceObstacle[] {
  const { rule, lead } = input;
  const { floor } = rule;
  const isBelow = floor !== null && price < floor;
  const stands: Record<FirstPlaceObstacle, boolean> = {
    not_on_sale: !input.onSale || !input.hasCard,
    no_floor: floor === null,
    below_lowest: price < LOWEST_KASPI_PRICE,
    floor: isBelow,
    gap: !isBelow && gapAt(price, rule.gaps ?? []) !== undefined,
    manual_lock: input.manualLock,
    bot_off: !rule.enabled,
    own_store_leads: lead !== null,
    asleep: rule.schedule !== null && !isAtWork(rule.schedule, input.minuteOfWeek),
    other_aim: !aimsAtFirst(rule),
    freeze: !isBelow && falls(current, price, rule.freeze),
    step: !isBelow && falls(current, price, rule.maxDrop),
  };
  return firstPlaceObstacles.filter((obstacle) => stands[obstacle]);
}

/** Whether a rule wants the first place at all. */
export function aimsAtFirst({ strategy }: Pick<DecisionInput["rule"], "strategy">): boolean {
  return strategy.kind === "undercut" || (strategy.kind === "position" && strategy.place === 1);
}

const falls = (current: Tenge, price: Tenge, percent: number) =>
  (current - price) * 100 > current * percent;
