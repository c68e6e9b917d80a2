import { type Tenge, tenge } from "@/lib/core/money";
import { later, MINUTE } from "@/lib/core/time";
import {
  type DecisionInput,
  deliveries,
  type MarketView,
  type Offer,
} from "@/lib/repricing/decide/model";
import { rivalsOf } from "@/lib/repricing/decide/rules";
import type {
  Amount,
  RepricingRule,
  RuleSchedule,
  Strategy,
} from "@/lib/repricing/rule/rule-model";
import { noon } from "./pricing";

export type Random = () => number;

/** Mulberry32: small, fast, and the same numbers for the same seed everywhere. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const whole = (random: Random, from: number, to: number) =>
  from + Math.floor(random() * (to - from + 1));
export const chance = (random: Random, probability: number) => random() < probability;

export function pick<Choice>(random: Random, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices[whole(random, 0, choices.length - 1)] ?? choices[0];
}

/** Mostly near a centre, where the boundaries are; sometimes far; sometimes tiny. */
export function priceNear(random: Random, centre: number): Tenge {
  const spread = pick(random, [1, 3, Math.ceil(centre / 10), centre, centre * 20]);
  return tenge(Math.max(0, whole(random, centre - spread, centre + spread)));
}

function amount(random: Random): Amount {
  if (chance(random, 0.5))
    return { unit: "tenge", value: tenge(pick(random, [1, 2, 10, 500, whole(random, 1, 5000)])) };
  return { unit: "percent", value: pick(random, [0.01, 0.5, 1, 1.1, 12.5, 100]) };
}

function strategy(random: Random, centre: number): Strategy {
  return pick<Strategy>(random, [
    { kind: "undercut" },
    { kind: "undercut" },
    { kind: "match" },
    { kind: "above" },
    { kind: "position", place: pick(random, [1, 2, 3, 50]) },
    { kind: "average", of: pick(random, [1, 3, 50]) },
    { kind: "fixed", price: tenge(Math.max(10, priceNear(random, centre))) },
  ]);
}

function schedule(random: Random): RuleSchedule {
  const windows = Array.from({ length: whole(random, 1, 3) }, () => ({
    days: pick(random, [[1, 2, 3, 4, 5, 6, 7], [1], [6, 7]]),
    from: pick(random, [0, 540, 1320, 1439]),
    to: pick(random, [0, 540, 1320, 1439]),
  }));
  return { windows, outside: pick(random, ["hold", "ceiling"]) };
}

function sellers(random: Random): string[] {
  return pick<string[]>(random, [[], [], [], [], ["a"], ["a", "b"], ["unheard-of"]]);
}

/** A stretch of too little profit, mostly about the price; the floor is never in it. */
function gaps(
  random: Random,
  centre: number,
  floor: RepricingRule["floor"],
): Pick<RepricingRule, "gaps"> {
  const from = priceNear(random, centre);
  const to = tenge(from + whole(random, 0, Math.ceil(centre / 5)));
  const lowest = Math.max(floor ?? 0, 10);
  if (chance(random, 0.8) || (from <= lowest && lowest <= to)) return {};
  return { gaps: [[from, to]] };
}

export function randomRule(random: Random, centre: number): RepricingRule {
  const floor = chance(random, 0.05) ? null : priceNear(random, centre);
  const ceiling = chance(random, 0.4) ? null : priceNear(random, Math.ceil(centre * 1.2));
  const fromCost = ceiling !== null && chance(random, 0.3);
  return {
    enabled: chance(random, 0.95),
    strategy: strategy(random, centre),
    step: amount(random),
    floor,
    ceiling,
    ceilingMarkup: fromCost ? 12.5 : null,
    ...(fromCost && { ceilingFromCost: true }),
    ...gaps(random, centre, floor),
    floorFromCost: chance(random, 0.2),
    whenAlone: pick<RepricingRule["whenAlone"]>(random, [
      { kind: "hold" },
      { kind: "ceiling" },
      { kind: "climb", by: amount(random) },
    ]),
    whenFirst: pick(random, ["hold", "raise"]),
    whenBlocked: pick(random, ["floor", "next_place", "ceiling", "hold"]),
    ignorePreorders: chance(random, 0.7),
    excludeRivals: sellers(random),
    onlyRivals: sellers(random),
    minRating: pick(random, [null, null, 4, 4.7, 5]),
    minReviews: pick(random, [null, null, 1, 100]),
    fastAsOurs: chance(random, 0.3),
    outlierPercent: pick(random, [null, null, 30, 70, 100]),
    rounding: pick<RepricingRule["rounding"]>(random, [
      { kind: "to", value: 1 },
      { kind: "to", value: 1 },
      { kind: "to", value: pick(random, [5, 10, 100]) },
      { kind: "ending", value: pick(random, [9, 90, 990, 9_999]) },
    ]),
    maxDrop: pick(random, [0.5, 5, 15, 15, 60, 100]),
    maxRise: pick(random, [0.5, 5, 30, 30, 60, 100]),
    freeze: pick(random, [1, 40, 40, 40, 100]),
    schedule: chance(random, 0.7) ? null : schedule(random),
    lowStock: pick<RepricingRule["lowStock"]>(random, [
      null,
      null,
      { days: pick(random, [1, 7, 90]), price: "hold" },
      { days: 14, price: "ceiling" },
    ]),
    intervalMinutes: pick(random, [1, 5, 60]),
  };
}

const speeds = [null, ...deliveries] as const;

const stockDays = [null, null, 0, 1, 5, 14, 40] as const;

export function randomOffers(random: Random, centre: number): Offer[] {
  return Array.from({ length: pick(random, [0, 1, 1, 2, 3, 10]) }, () => offerNear(random, centre));
}

const offerNear = (random: Random, centre: number): Offer => ({
  merchantId: pick(random, ["a", "b", "c", "ours", "ours-too"]),
  price: priceNear(random, centre),
  preorderDays: pick(random, [0, 0, 0, 7]),
  rating: pick(random, [null, 3.9, 4.7, 4.8, 5, 5]),
  reviews: pick(random, [null, 0, 3, 100, 4_000]),
  delivery: pick(random, speeds),
});

export const ourMerchants: ReadonlySet<string> = new Set(["ours", "ours-too"]);

/** Half of them anything at all, half of them products whose bot is at work among rivals. */
export function randomInput(random: Random, offers?: readonly Offer[]): DecisionInput {
  return chance(random, 0.5) ? wildInput(random, offers) : liveInput(random, offers);
}

function wildInput(random: Random, offers?: readonly Offer[]): DecisionInput {
  const centre = pick(random, [10, 12, 100, 999, 12_990, 1_000_000]);
  const rule = randomRule(random, centre);
  const observedAt = later(noon, -pick(random, [0, 0, 0, 9, 11, 200]) * MINUTE);
  const market: MarketView = chance(random, 0.05)
    ? { kind: "unseen", why: "unreachable" }
    : {
        kind: "seen",
        rivals: rivalsOf(offers ?? randomOffers(random, centre), ourMerchants),
        observedAt,
      };
  return {
    now: noon,
    rule,
    anchor: chance(random, 0.3) ? null : priceNear(random, centre),
    current: chance(random, 0.03) ? null : priceNear(random, centre),
    manualLock: chance(random, 0.03),
    onSale: chance(random, 0.97),
    hasCard: chance(random, 0.97),
    minuteOfWeek: whole(random, 0, 10_079),
    ownDelivery: pick(random, speeds),
    lead: pick<DecisionInput["lead"]>(random, [
      null,
      null,
      null,
      null,
      null,
      { kind: "hold" },
      { kind: "behind", price: priceNear(random, centre) },
      { kind: "behind", price: priceNear(random, centre) },
    ]),
    ...(chance(random, 0.1) && { approved: priceNear(random, centre) }),
    stockDays: pick(random, stockDays),
    market,
  };
}

/** From so many percent of a centre to so many. */
const within = (random: Random, centre: number, from: number, to: number): Tenge =>
  tenge(whole(random, Math.ceil((centre * from) / 100), Math.floor((centre * to) / 100)));

/** The bot on, the market fresh, the price between its limits, and nothing but rivals in its way. */
export function liveInput(random: Random, given?: readonly Offer[]): DecisionInput {
  const centre = Math.max(given?.[0]?.price ?? pick(random, [20, 100, 999, 12_990, 1_000_000]), 20);
  const current = within(random, centre, 95, 105);
  const floor = tenge(Math.max(10, within(random, centre, 70, 94)));
  const ceiling = within(random, centre, 106, 150);
  const rule: RepricingRule = {
    ...randomRule(random, centre),
    ...gaps(random, centre, floor),
    enabled: true,
    step: liveStep(random, centre),
    floor,
    ceiling,
    excludeRivals: chance(random, 0.1) ? ["a"] : [],
    onlyRivals: chance(random, 0.1) ? ["b", "c"] : [],
    minRating: chance(random, 0.1) ? 4.7 : null,
    minReviews: chance(random, 0.1) ? 3 : null,
    fastAsOurs: chance(random, 0.1),
    maxDrop: pick(random, [15, 60, 60, 100]),
    maxRise: pick(random, [30, 60, 60, 100]),
    freeze: pick(random, [40, 100]),
    schedule: chance(random, 0.9) ? null : schedule(random),
  };
  const offers = given ?? liveOffers(random, centre);
  return {
    now: noon,
    rule,
    anchor: current,
    current,
    manualLock: false,
    onSale: true,
    hasCard: true,
    minuteOfWeek: whole(random, 0, 10_079),
    ownDelivery: pick(random, speeds),
    lead: chance(random, 0.9) ? null : { kind: "behind", price: within(random, centre, 80, 120) },
    stockDays: chance(random, 0.9) ? null : pick(random, stockDays),
    market: { kind: "seen", rivals: rivalsOf(offers, ourMerchants), observedAt: noon },
  };
}

function liveStep(random: Random, centre: number): Amount {
  if (chance(random, 0.3)) return { unit: "percent", value: pick(random, [0.01, 0.5, 1, 1.1]) };
  return { unit: "tenge", value: tenge(pick(random, [1, 1, 2, Math.ceil(centre / 50)])) };
}

function liveOffers(random: Random, centre: number): Offer[] {
  return Array.from({ length: pick(random, [1, 2, 3, 10]) }, () => ({
    ...offerNear(random, centre),
    price: within(random, centre, 80, 120),
  }));
}
