import type { Tenge } from "@/lib/core/money";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import { type DecisionInput, deliveries, type Offer, type RivalOffer } from "./model";

/** The rivals that count, as their prices, the cheapest first, and how many do not. */
export type Counted = {
  prices: readonly Tenge[];
  /** Left out because they sell by preorder, and for any other reason. */
  preorders: number;
  ignored: number;
};

/**
 * The rivals a rule looks at. What is not known does not reach a minimum: nobody's rating is below any
 * asked for, no reviews are 0. While our own delivery is not known, nobody's is slower.
 */
export function countRivals(
  rule: RepricingRule,
  rivals: readonly RivalOffer[],
  ownDelivery: DecisionInput["ownDelivery"],
): Counted {
  const slowest = rule.fastAsOurs && ownDelivery !== null ? deliveries.indexOf(ownDelivery) : null;
  const prices: Tenge[] = [];
  let preorders = 0;
  for (const rival of rivals) {
    if (!isListed(rule, rival) || !isRenowned(rule, rival) || !isFast(rival, slowest)) continue;
    if (rule.ignorePreorders && rival.preorderDays > 0) preorders += 1;
    else insert(prices, rival.price);
  }
  if (rule.outlierPercent !== null) prices.splice(0, outliers(prices, rule.outlierPercent));
  return { prices, preorders, ignored: rivals.length - prices.length - preorders };
}

/** Whether the lists of a rule leave an offer among the rivals. */
export function isListed(
  { excludeRivals, onlyRivals }: Pick<RepricingRule, "excludeRivals" | "onlyRivals">,
  { merchantId }: Pick<Offer, "merchantId">,
): boolean {
  if (excludeRivals.length > 0 && excludeRivals.includes(merchantId)) return false;
  return onlyRivals.length === 0 || onlyRivals.includes(merchantId);
}

function isRenowned({ minRating, minReviews }: RepricingRule, rival: RivalOffer): boolean {
  if (minRating !== null && (rival.rating ?? 0) < minRating) return false;
  return minReviews === null || (rival.reviews ?? 0) >= minReviews;
}

function isFast({ delivery }: RivalOffer, slowest: number | null): boolean {
  return slowest === null || (delivery !== null && deliveries.indexOf(delivery) <= slowest);
}

/** Kaspi lists the cheapest first, so there is mostly nothing to shift. */
function insert(prices: Tenge[], price: Tenge): void {
  let at = prices.length;
  for (let before = prices[at - 1]; before !== undefined && before > price; at -= 1) {
    prices[at] = before;
    before = prices[at - 2];
  }
  prices[at] = price;
}

/** How many of the cheapest cost less than a share of the median of all the others. */
function outliers(prices: readonly Tenge[], percent: number): number {
  const share = Math.round(percent * 100);
  let count = 0;
  while (count < prices.length - 1) {
    const price = prices[count] ?? 0;
    // Twice the median, or the mean of two would have a half.
    if (price * 20_000 >= share * medianOfOthers(prices, count)) break;
    count += 1;
  }
  return count;
}

/** Twice the median of sorted prices without the one at `left`. */
function medianOfOthers(prices: readonly Tenge[], left: number): number {
  const at = (nth: number) => prices[nth < left ? nth : nth + 1] ?? 0;
  const half = (prices.length - 2) / 2;
  return at(Math.floor(half)) + at(Math.ceil(half));
}
