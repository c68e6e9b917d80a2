import type { Tenge } from "@/lib/core/money";
import type { LowStock, RepricingRule } from "@/lib/repricing/rule/rule-model";
import type { Clamp, Lead, TrailStep } from "./model";
import type { ChangeReason, HoldReason } from "./reason-model";
import { amountOf, nextPlace, type RivalPrices, type Target, targetOf } from "./target-rules";

type StayReason = Extract<
  HoldReason,
  "no_competitors_hold" | "already_first" | "blocked_hold" | "own_store_leads" | "low_stock_hold"
>;

/** A price on its way to a decision: where it is by now, why, and each turn it took. */
export type Course = {
  at: number;
  trail: readonly TrailStep[];
  /** What the rule wanted; null where no rival counted. */
  target: Target | null;
  /** The rival's price it is taken from, and that it is not to be rounded up past; null: there is none. */
  reference: number | null;
} & ({ stays: true; reason: StayReason } | { stays: false; reason: ChangeReason });

/** What Kaspi shows, and the lowest and highest we may send. */
export type Limits = { current: Tenge; floor: Tenge; ceiling: Tenge };

export function turn(
  { at: from, trail, target, reference }: Start | Course,
  clamp: Clamp,
  at: number,
  reason: ChangeReason,
): Course {
  return {
    at,
    trail: stepped({ at: from, trail }, clamp, at),
    target,
    reference,
    stays: false,
    reason,
  };
}

/** The same course for the same reason, a little aside. */
export function shift(course: Course, clamp: Clamp, at: number): Course {
  return at === course.at ? course : { ...course, at, trail: stepped(course, clamp, at) };
}

function stepped(from: Pick<Course, "at" | "trail">, clamp: Clamp, at: number) {
  return at === from.at ? from.trail : [...from.trail, { clamp, before: from.at, after: at }];
}

/** Where the rule wants the price, before any limit on the way up or on the size of the change. */
export function aim(
  rule: RepricingRule,
  limits: Limits,
  prices: readonly Tenge[],
  lead: Lead | null,
): Course {
  const start = startAt(limits);
  if (lead?.kind === "hold") return { ...start, stays: true, reason: "own_store_leads" };
  const course = hasAny(prices)
    ? aimAmong(rule, limits, start, prices)
    : aimAlone(rule, limits, start);
  return lead ? stayBehind(course, Math.min(leadBound(rule, lead), limits.ceiling)) : course;
}

const hasAny = (prices: readonly Tenge[]): prices is RivalPrices => prices.length > 0;

/** Out of work: to the ceiling, whatever rivals do. */
export function aimAsleep(limits: Limits): Course {
  return turn(startAt(limits), "schedule", limits.ceiling, "sleep_to_ceiling");
}

/** What is nearly sold out is not given away: its price stays, or goes to the ceiling. */
export function aimScarce({ price }: LowStock, limits: Limits): Course {
  const start = startAt(limits);
  if (price === "hold") return { ...start, stays: true, reason: "low_stock_hold" };
  return turn(start, "low_stock", limits.ceiling, "low_stock_to_ceiling");
}

/** The lowest price that stays behind our leading store. */
export function leadBound(
  { step }: RepricingRule,
  lead: Extract<Lead, { kind: "behind" }>,
): number {
  return lead.price + amountOf(step, lead.price);
}

type Start = Pick<Course, "at" | "trail" | "target" | "reference"> & { at: Tenge };

/** Below its floor a price is decided as if it stood there already. */
function startAt({ current, floor }: Limits): Start {
  if (current >= floor) return { at: current, trail: [], target: null, reference: null };
  const step = { clamp: "below_floor", before: current, after: floor } as const;
  return { at: floor, trail: [step], target: null, reference: null };
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
    case "climb": {
      const higher = start.at + amountOf(whenAlone.by, start.at);
      return turn(start, "strategy", higher, "no_competitors_climb");
    }
  }
}

function aimAmong(rule: RepricingRule, limits: Limits, start: Start, prices: RivalPrices): Course {
  const target = targetOf(rule, prices);
  const from = { ...start, target, reference: target.reference };
  if (wantsFirst(rule) && start.at < prices[0]) {
    const raises = rule.whenFirst === "raise" && target.at > start.at;
    if (raises) return turn(from, "strategy", target.at, "raised_under_next");
    return { ...from, stays: true, reason: "already_first" };
  }
  const course = turn(from, "strategy", target.at, strategyReasons[rule.strategy.kind]);
  return target.at < limits.floor ? aimBlocked(rule, limits, start, prices, course) : course;
}

/** Only who wants to be the cheapest is asked what to do once there. */
function wantsFirst({ strategy }: RepricingRule): boolean {
  return strategy.kind === "undercut" || (strategy.kind === "position" && strategy.place === 1);
}

function aimBlocked(
  rule: RepricingRule,
  limits: Limits,
  start: Start,
  prices: RivalPrices,
  course: Course,
): Course {
  switch (rule.whenBlocked) {
    case "floor":
      return turn(course, "blocked", limits.floor, "pinned_to_floor");
    case "next_place": {
      const place = nextPlace(rule, prices, limits.floor);
      if (!place) return turn(course, "blocked", limits.floor, "pinned_to_floor");
      const from = { ...course, reference: place.reference };
      return turn(from, "blocked", place.at, "fallback_position");
    }
    case "ceiling":
      return turn(course, "blocked", limits.ceiling, "blocked_to_ceiling");
    case "hold":
      return { ...start, target: course.target, stays: true, reason: "blocked_hold" };
  }
}

/** Another store of ours may hold a price up, and never pull it down. */
function stayBehind(course: Course, bound: number): Course {
  return course.at < bound ? turn(course, "lead", bound, "behind_own_store") : course;
}
