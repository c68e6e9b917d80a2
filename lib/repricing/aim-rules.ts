import { percentOf, type Tenge } from "@/lib/core/money";
import type { Clamp, RivalOffer, TrailStep } from "./model";
import type { ChangeReason, HoldReason } from "./reason-model";
import type { Amount, RepricingRule } from "./rule-model";

type StayReason = Extract<HoldReason, "no_competitors_hold" | "already_first" | "blocked_hold">;

/** A price on its way to a decision: where it is by now, why, and each turn it took. */
export type Course = { at: number; trail: readonly TrailStep[] } & (
  | { stays: true; reason: StayReason }
  | { stays: false; reason: ChangeReason }
);

/** What Kaspi shows, and the lowest and highest we may send. */
export type Limits = { current: Tenge; floor: Tenge; ceiling: Tenge };

export function turn(
  course: { at: number; trail: readonly TrailStep[] },
  clamp: Clamp,
  at: number,
  reason: ChangeReason,
): Course {
  const step = { clamp, before: course.at, after: at };
  const trail = at === course.at ? course.trail : [...course.trail, step];
  return { at, trail, stays: false, reason };
}

/** Where the rule wants the price, before any limit on the way up or on the size of the change. */
export function aim(rule: RepricingRule, limits: Limits, rivals: readonly RivalOffer[]): Course {
  const start = startAt(limits);
  if (rivals.length === 0) return aimAlone(rule, limits, start);

  const best = cheapest(rivals);
  const target = targetAt(rule, best, rivals);
  const first = rule.strategy.kind === "undercut" && start.at < best;
  if (first) {
    const raises = rule.whenFirst === "raise" && target > start.at;
    if (raises) return turn(start, "strategy", target, "raised_under_next");
    return { ...start, stays: true, reason: "already_first" };
  }
  const course = turn(start, "strategy", target, strategyReasons[rule.strategy.kind]);
  return target < limits.floor ? aimBlocked(rule, limits, rivals, course) : course;
}

/** The lowest price among rivals, of whom there is at least one. */
export function cheapest(rivals: readonly RivalOffer[]): Tenge {
  return rivals.reduce((lowest, rival) => (rival.price < lowest.price ? rival : lowest)).price;
}

type Start = { at: Tenge; trail: readonly TrailStep[] };

/** Below its floor a price is decided as if it stood there already. */
function startAt({ current, floor }: Limits): Start {
  if (current >= floor) return { at: current, trail: [] };
  return { at: floor, trail: [{ clamp: "below_floor", before: current, after: floor }] };
}

const strategyReasons = {
  undercut: "undercut",
  match: "matched",
  above: "stayed_above",
  position: "placed",
  average: "averaged",
  fixed: "fixed_price",
} as const satisfies Record<RepricingRule["strategy"]["kind"], ChangeReason>;

function aimAlone({ whenAlone }: RepricingRule, limits: Limits, start: Start): Course {
  switch (whenAlone.kind) {
    case "hold":
      return { ...start, stays: true, reason: "no_competitors_hold" };
    case "ceiling":
      return turn(start, "strategy", limits.ceiling, "no_competitors_ceiling");
    case "climb":
      return turn(
        start,
        "strategy",
        start.at + amountOf(whenAlone.by, start.at),
        "no_competitors_climb",
      );
  }
}

function aimBlocked(
  rule: RepricingRule,
  limits: Limits,
  rivals: readonly RivalOffer[],
  course: Course,
): Course {
  switch (rule.whenBlocked) {
    case "floor":
      return turn(course, "blocked", limits.floor, "pinned_to_floor");
    case "next_place": {
      const places = rivals
        .map((rival) => targetAt(rule, rival.price, rivals))
        .filter((target) => target >= limits.floor);
      if (places.length === 0) return turn(course, "blocked", limits.floor, "pinned_to_floor");
      return turn(course, "blocked", Math.min(...places), "fallback_position");
    }
    case "ceiling":
      return turn(course, "blocked", limits.ceiling, "blocked_to_ceiling");
    case "hold":
      return { ...startAt(limits), stays: true, reason: "blocked_hold" };
  }
}

/** May be negative: a step can be larger than the price it is taken from. */
function targetAt(
  { strategy, step }: RepricingRule,
  reference: Tenge,
  rivals: readonly RivalOffer[],
): number {
  const prices = rivals.map(({ price }) => price).sort((a, b) => a - b);
  switch (strategy.kind) {
    case "undercut":
      return reference - amountOf(step, reference);
    case "match":
      return reference;
    case "above":
      return reference + amountOf(step, reference);
    case "position": {
      const nth = prices[Math.min(strategy.place, prices.length) - 1] ?? reference;
      return nth - amountOf(step, nth);
    }
    case "average": {
      const first = prices.slice(0, strategy.of);
      return Math.floor(first.reduce((sum, price) => sum + price, 0) / first.length);
    }
    case "fixed":
      return strategy.price;
  }
}

function amountOf(amount: Amount, reference: Tenge): number {
  return amount.unit === "tenge" ? amount.value : percentOf(reference, amount.value);
}
