import { LOWEST_KASPI_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { MINUTE } from "@/lib/core/time";
import { aim, type Course, cheapest, type Limits, turn } from "./aim-rules";
import { settle } from "./guard-rules";
import type { DecisionInput, MarketView, Offer, PriceDecision, RivalOffer } from "./model";
import type { Reason, ReasonParams, SkipReason } from "./reason-model";
import {
  defaultRule,
  type ProductLimits,
  type RepricingRule,
  type RuleOverride,
} from "./rule-model";

/** Moves with every change of what the same input is decided to. */
export const RULES_VERSION = 2;

/** The rule of a product: the defaults, then what the store, the product and the city override. */
export function resolveRule(
  { enabled, floor, ceiling, gaps }: ProductLimits,
  store: RuleOverride,
  product: RuleOverride = {},
  city: RuleOverride = {},
): RepricingRule {
  return {
    ...defaultRule,
    ...store,
    ...product,
    ...city,
    enabled,
    floor,
    ceiling,
    ...(gaps && { gaps }),
  };
}

/** The only maker of rivals. Throws a RangeError without own merchants: every offer would be a rival. */
export function rivalsOf<Seen extends Offer>(
  offers: readonly Seen[],
  ownMerchants: ReadonlySet<string>,
): (Seen & RivalOffer)[] {
  if (ownMerchants.size === 0) throw new RangeError("no own merchants: our offers would be rivals");
  return offers.filter((offer): offer is Seen & RivalOffer => !ownMerchants.has(offer.merchantId));
}

/** The highest price we may send, ₸: the one typed, else max(anchor, floor). */
export function effectiveCeiling(limits: {
  ceiling: Tenge | null;
  anchor: Tenge | null;
  floor: Tenge;
}): Tenge {
  return limits.ceiling ?? tenge(Math.max(limits.anchor ?? 0, limits.floor));
}

/**
 * What to do with a product's price in a city, ₸. Pure: the same input gives the same decision, for
 * ever. A price it changes to lies within floor and ceiling and is never below 10 ₸.
 */
export function decidePrice(input: DecisionInput): PriceDecision {
  const { rule, market, now } = input;
  const limits = limitsOf(input);
  if ("skip" in limits)
    return { kind: "skip", reason: limits.skip, params: knownParams(input), trail: [] };

  const stale = staleness(market, rule, now);
  if (stale || market.kind === "unseen")
    return { kind: "hold", reason: "stale_offers", params: { ...limits, ...stale }, trail: [] };

  const rivals = countedRivals(rule, market.rivals);
  const course = aim(rule, limits, rivals);
  const preorders = market.rivals.length - rivals.length;
  const params = paramsOf(course, rule, limits, preorders, rivals);
  return settle(capAtCeiling(course, limits.ceiling), rule, limits, params);
}

/** The rivals a rule looks at. */
export function countedRivals(
  rule: RepricingRule,
  rivals: readonly RivalOffer[],
): readonly RivalOffer[] {
  return rule.ignorePreorders ? rivals.filter((rival) => rival.preorderDays === 0) : rivals;
}

function limitsOf(input: DecisionInput): Limits | { skip: SkipReason } {
  const { rule, current } = input;
  if (!rule.enabled) return { skip: "rule_disabled" };
  if (input.unreadableRule) return { skip: "unreadable_rule" };
  if (rule.floor === null) return { skip: "missing_floor" };
  const floor = tenge(Math.max(rule.floor, LOWEST_KASPI_PRICE));
  const anchor = input.anchor ?? current;
  const ceiling = effectiveCeiling({ ceiling: rule.ceiling, anchor, floor });
  if (floor > ceiling) return { skip: "floor_above_ceiling" };
  if (input.manualLock) return { skip: "manual_lock" };
  if (!input.onSale) return { skip: "not_on_sale" };
  if (!input.hasCard) return { skip: "missing_card" };
  // Without a price to compare with, neither freeze nor the step guards can protect anything.
  if (current === null || current === 0) return { skip: "missing_price" };
  return { current, floor, ceiling };
}

function staleness(market: MarketView, rule: RepricingRule, now: Date): ReasonParams | null {
  if (market.kind === "unseen") return { why: market.why };
  const age = now.getTime() - market.observedAt.getTime();
  if (age <= 2 * rule.intervalMinutes * MINUTE) return null;
  return { why: "old", minutes: Math.floor(age / MINUTE) };
}

function capAtCeiling(course: Course, ceiling: Tenge): Course {
  if (course.stays || course.at <= ceiling) return course;
  return turn(course, "ceiling", ceiling, "capped_at_ceiling");
}

function knownParams({ rule, current }: DecisionInput): ReasonParams {
  return {
    ...(rule.floorFromCost && rule.floor === null && { floorFrom: "cost" as const }),
    ...(current !== null && { current }),
    ...(rule.floor !== null && { floor: rule.floor }),
    ...(rule.ceiling !== null && { ceiling: rule.ceiling }),
  };
}

const blockedReasons: ReadonlySet<Reason> = new Set<Reason>([
  "pinned_to_floor",
  "blocked_to_ceiling",
  "blocked_hold",
]);

function paramsOf(
  course: Course,
  { strategy }: RepricingRule,
  { current, floor, ceiling }: Limits,
  preorders: number,
  rivals: readonly RivalOffer[],
): ReasonParams {
  if (rivals.length === 0) return { current, floor, ceiling, preorders, rivals: 0 };
  const rival = cheapest(rivals);
  const seen = { current, floor, ceiling, preorders, rivals: rivals.length, rival };
  if (!blockedReasons.has(course.reason)) return seen;
  if (strategy.kind === "fixed") return { ...seen, blockedBy: "rule" };
  return { ...seen, blockedBy: rival < floor ? "rival" : "step" };
}
