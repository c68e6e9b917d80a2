import { percentOf, type Tenge } from "@/lib/core/money";
import type { Amount, RepricingRule, Strategy } from "@/lib/repricing/rule/rule-model";

/** Prices of the rivals that count, the cheapest first; there is at least one. */
export type RivalPrices = readonly [Tenge, ...Tenge[]];

/** A price a rule wants and the one it is taken from, ₸. */
export type Target = {
  /** May lie below zero: a step can be larger than the price it is taken from. */
  at: number;
  reference: number;
};

export function targetOf(rule: RepricingRule, prices: RivalPrices): Target {
  return targetFrom(rule, prices, firstReference(rule.strategy, prices));
}

/**
 * The target of the best place that is not below the floor: from one rival after another instead of
 * the one the rule asks for; an average leaves out the cheapest, one more each time. Null: there is none.
 */
export function nextPlace(rule: RepricingRule, prices: RivalPrices, floor: Tenge): Target | null {
  if (rule.strategy.kind === "fixed") return null;
  for (let nth = firstReference(rule.strategy, prices) + 1; nth < prices.length; nth += 1) {
    const target = targetFrom(rule, prices, nth);
    if (target.at >= floor) return target;
  }
  return null;
}

/** Which of the rivals the rule starts from. */
function firstReference(strategy: Strategy, prices: RivalPrices): number {
  return strategy.kind === "position" ? Math.min(strategy.place, prices.length) - 1 : 0;
}

/** Targets rise with `nth`. */
function targetFrom({ strategy, step }: RepricingRule, prices: RivalPrices, nth: number): Target {
  const reference = prices[nth] ?? prices[0];
  switch (strategy.kind) {
    case "undercut":
    case "position":
      return { at: reference - amountOf(step, reference), reference };
    case "match":
      return { at: reference, reference };
    case "above":
      return { at: reference + amountOf(step, reference), reference };
    case "average": {
      const mean = meanOf(prices, nth, strategy.of);
      return { at: mean, reference: mean };
    }
    case "fixed":
      return { at: strategy.price, reference };
  }
}

/** Of `most` prices from the `nth` on, down to a whole tenge. */
function meanOf(prices: RivalPrices, nth: number, most: number): number {
  const end = Math.min(nth + most, prices.length);
  let sum = 0;
  for (let at = nth; at < end; at += 1) sum += prices[at] ?? 0;
  return Math.floor(sum / (end - nth));
}

export function amountOf(amount: Amount, reference: Tenge): Tenge {
  return amount.unit === "tenge" ? amount.value : percentOf(reference, amount.value);
}
