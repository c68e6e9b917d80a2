import { LOWEST_KASPI_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { MINUTE } from "@/lib/core/time";
import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import type { ProductLimits, RepricingRule, RuleOverride } from "@/lib/repricing/rule/rule-model";
import { aim, aimAsleep, aimScarce, type Limits } from "./aim-rules";
import type { DecisionInput, MarketView, Offer, PriceDecision, RivalOffer } from "./model";
import { knownParams, paramsOf } from "./param-rules";
import type { ReasonParams, SkipReason } from "./reason-model";
import { countRivals } from "./rival-filter-rules";
import { isAtWork, nextWork } from "./schedule-rules";
import { settle } from "./settle-rules";
import { scarcityBy } from "./stock-rules";

/** Moves with every change of what the same input is decided to. */
export const RULES_VERSION = 4;

/** The rule of a product: the defaults, then what the store, the product and the city override. */
export function resolveRule(
  { enabled, floor, ceiling, gaps, ceilingFromCost }: ProductLimits,
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
    ...(ceilingFromCost && { ceilingFromCost }),
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

/** The highest price we may send, ₸: the one typed or computed, else max(anchor, floor). */
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
  const { rule, market, now, minuteOfWeek, ownDelivery, lead, stockDays } = input;
  const limits = limitsOf(input);
  if ("skip" in limits)
    return { kind: "skip", reason: limits.skip, params: knownParams(input), trail: [] };

  const stale = staleness(market, rule, now);
  if (stale || market.kind === "unseen")
    return { kind: "hold", reason: "stale_offers", params: { ...limits, ...stale }, trail: [] };

  if (rule.schedule && !isAtWork(rule.schedule, minuteOfWeek)) {
    const params = { ...limits, wakes: nextWork(rule.schedule, minuteOfWeek) };
    if (rule.schedule.outside === "ceiling")
      return settle(aimAsleep(limits), input, limits, params);
    return { kind: "hold", reason: "sleep_hold", params, trail: [] };
  }
  const scarce = scarcityBy(rule, stockDays);
  if (scarce) {
    const params = { ...limits, daysLeft: scarce.left, daysAsked: scarce.days };
    return settle(aimScarce(scarce, limits), input, limits, params);
  }
  const counted = countRivals(rule, market.rivals, ownDelivery);
  const course = aim(rule, limits, counted.prices, lead);
  return settle(course, input, limits, paramsOf(course, input, limits, counted));
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
