import { type DecisionInput, deliveries } from "@/lib/repricing/decide/model";
import { decidePrice, rivalsOf } from "@/lib/repricing/decide/rules";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import { inputOf } from "../support/pricing";
import { brokenPromise } from "../support/pricing-invariants";
import {
  ourMerchants,
  priceNear,
  randomInput,
  randomRule,
  seeded,
  whole,
} from "../support/random-market";
import { cyclesToRest, randomPair } from "../support/strangers";
import type { Bench, Figure } from "./figure";
import { median } from "./stopwatch";

const ROUNDS = 5;
const DECISIONS = 500_000;
const MARKETS = 10_000_000;
const PAIRS = 20_000;
const LONGEST_WAR = 400;

export const bench: Bench = async () => {
  const inputs = Array.from({ length: 2_000 }, (_, seed) => contested(seed));
  const decided = median(rates(inputs, (input) => decidePrice(input).reason.length));
  const naive = median(rates(inputs, cheapestMinusOne));
  return [
    {
      what: "decidePrice with 10 rivals and everything on, one core",
      value: decided,
      unit: "per second",
      target: { least: 300_000 },
      baseline: { what: "the cheapest of ten minus 1 ₸, no rule", value: naive },
    },
    {
      what: "breaches in 10,000,000 random markets",
      value: breaches(),
      unit: "breaches",
      target: { most: 0 },
    },
    strangers(),
  ];
};

/** Two installations that know nothing of each other on one card: cycles until neither moves any more. */
function strangers(): Figure {
  const start = Date.now() % 1_000_000_000;
  const cycles = Array.from({ length: PAIRS }, (_, nth) => {
    const rest = cyclesToRest(randomPair(seeded(start + nth)), LONGEST_WAR);
    return rest ?? LONGEST_WAR;
  }).sort((a, b) => a - b);
  const at = (share: number) => cycles[Math.floor((PAIRS - 1) * share)] ?? 0;
  return {
    what: `cycles until two strangers rest, 99 of 100 of ${PAIRS} random pairs`,
    value: at(0.99),
    unit: "cycles",
    target: { most: LONGEST_WAR - 1 },
    note: `half of them ${at(0.5)}, the longest ${at(1)}; none below its floor`,
  };
}

const everything: Partial<RepricingRule> = {
  enabled: true,
  excludeRivals: ["rival-3", "a-stranger", "another"],
  onlyRivals: [],
  ignorePreorders: true,
  minRating: 4,
  minReviews: 100,
  fastAsOurs: true,
  outlierPercent: 50,
  rounding: { kind: "ending", value: 90 },
  schedule: {
    windows: [
      { days: [1, 2, 3, 4, 5], from: 480, to: 1320 },
      { days: [6, 7], from: 600, to: 60 },
    ],
    outside: "ceiling",
  },
  intervalMinutes: 5,
};

/** A product with its bot on, any aim, every filter and guard, and ten rivals about its price. */
function contested(seed: number): DecisionInput {
  const random = seeded(seed);
  const price = whole(random, 1_000, 100_000);
  const offers = Array.from({ length: 10 }, (_, nth) => ({
    merchantId: `rival-${nth}`,
    price: priceNear(random, price),
    preorderDays: nth === 9 ? 7 : 0,
    rating: nth === 8 ? null : 4.8,
    reviews: 100 * nth,
    delivery: deliveries[nth % deliveries.length] ?? null,
  }));
  const input = inputOf({
    current: price,
    floor: Math.floor(price * 0.9),
    ceiling: Math.floor(price * 1.1),
  });
  const { floor, ceiling } = input.rule;
  const rule = { ...randomRule(random, price), ...everything, floor, ceiling };
  const rivals = rivalsOf(offers, ourMerchants);
  return {
    ...input,
    rule,
    ownDelivery: "days_5",
    lead: { kind: "behind", price: priceNear(random, price) },
    market: { kind: "seen", rivals, observedAt: input.now },
  };
}

/** Results are summed so that no engine can leave the work out. */
function rates(inputs: DecisionInput[], decide: (input: DecisionInput) => number): number[] {
  return Array.from({ length: ROUNDS }, () => {
    let sum = 0;
    const before = process.cpuUsage();
    for (let done = 0; done < DECISIONS; done += inputs.length)
      for (const input of inputs) sum += decide(input);
    const { user, system } = process.cpuUsage(before);
    return sum > 0 ? (DECISIONS / (user + system)) * 1_000_000 : 0;
  });
}

function cheapestMinusOne({ market }: DecisionInput): number {
  if (market.kind === "unseen") return 0;
  return market.rivals.reduce((best, { price }) => Math.min(best, price), 999_999_999) - 1;
}

function breaches(): number {
  const start = Date.now() % 1_000_000_000;
  let broken = 0;
  for (let seed = start; seed < start + MARKETS; seed += 1) {
    const input = randomInput(seeded(seed));
    if (brokenPromise(input, decidePrice(input))) broken += 1;
  }
  return broken;
}
