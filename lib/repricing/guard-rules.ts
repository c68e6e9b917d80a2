import { type Tenge, tenge } from "@/lib/core/money";
import { type Course, type Limits, turn } from "./aim-rules";
import type { PriceDecision } from "./model";
import type { ChangeReason, ReasonParams } from "./reason-model";
import type { RepricingRule } from "./rule-model";

/** The last word: freeze, the size of the change, and whether anything changes at all. */
export function settle(
  course: Course,
  rule: RepricingRule,
  limits: Limits,
  params: ReasonParams,
): PriceDecision {
  const { current } = limits;
  if (isBeyond(rule.freeze, current, course.at)) return freeze(course, rule, current, params);

  const final = guardStep(course, rule, limits);
  const trail = [...final.trail];
  if (final.stays && final.at === current)
    return { kind: "hold", reason: final.reason, params, trail };

  const reason = reasonToMove(final, limits);
  const explained =
    final === course
      ? params
      : withSize(params, current, course.at, guardOf(rule, current, course.at));
  if (final.at === current) {
    const because = { ...explained, because: reason };
    return { kind: "hold", reason: "already_at_target", params: because, trail };
  }
  const price = tenge(final.at);
  return { kind: "change", price, reason, params: { ...explained, price }, trail };
}

function freeze(
  course: Course,
  rule: RepricingRule,
  current: Tenge,
  params: ReasonParams,
): PriceDecision {
  const wanted = tenge(course.at);
  return {
    kind: "hold",
    reason: "anomaly_frozen",
    wanted,
    params: withSize({ ...params, wanted }, current, wanted, rule.freeze),
    trail: [...course.trail, { clamp: "freeze", before: wanted, after: current }],
  };
}

/** No change is larger than its guard, unless floor or ceiling ask for more. */
function guardStep(
  course: Course,
  rule: RepricingRule,
  { current, floor, ceiling }: Limits,
): Course {
  const guard = guardOf(rule, current, course.at);
  if (!isBeyond(guard, current, course.at)) return course;
  const share = Math.floor((current * Math.round(guard * 100)) / 10_000);
  const nearest = course.at < current ? current - share : current + share;
  const guarded = turn(course, "step_guard", nearest, "step_guard");
  if (nearest < floor) return turn(guarded, "floor", floor, "raised_to_floor");
  if (nearest > ceiling) return turn(guarded, "ceiling", ceiling, "capped_at_ceiling");
  return guarded;
}

/** A price that only came up to its floor was raised to it, whatever it aimed at. */
function reasonToMove(course: Course, { current, floor }: Limits): ChangeReason {
  const onlyReachedFloor = current < floor && course.at === floor;
  return course.stays || onlyReachedFloor ? "raised_to_floor" : course.reason;
}

function guardOf(rule: RepricingRule, current: Tenge, at: number): number {
  return at < current ? rule.maxDrop : rule.maxRise;
}

function isBeyond(percent: number, current: Tenge, at: number): boolean {
  return Math.abs(at - current) * 10_000 > current * Math.round(percent * 100);
}

/** The wanted change in percent, one decimal, and the limit it met. */
function withSize(params: ReasonParams, current: Tenge, at: number, limit: number): ReasonParams {
  const percent = Math.round((Math.abs(at - current) * 1000) / current) / 10;
  return { ...params, percent, limit };
}
