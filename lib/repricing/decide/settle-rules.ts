import { type Tenge, tenge } from "@/lib/core/money";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import { type Course, type Limits, leadBound, shift, turn } from "./aim-rules";
import { avoidGap, guardOf, guardStep, isFrozen, stepOf } from "./guard-rules";
import type { DecisionInput, PriceDecision } from "./model";
import type { ReasonParams } from "./reason-model";
import { roundWithin } from "./rounding-rules";

type Settled = Pick<DecisionInput, "rule" | "lead" | "approved">;

/** From what the rule wants to what is sent: ceiling, rounding, freeze, the size of the change. */
export function settle(
  aimed: Course,
  input: Settled,
  limits: Limits,
  params: ReasonParams,
): PriceDecision {
  const { rule, approved, lead } = input;
  const { current } = limits;
  const capped = cap(aimed, limits);
  const behind = lead?.kind === "behind" ? leadBound(rule, lead) : 0;
  const tidy = avoidGap(round(capped, rule, limits, behind), rule, limits, behind);
  if (isFrozen(tidy, rule, limits, approved)) return freeze(tidy, rule.freeze, current, params);

  const final = guardStep(tidy, rule, limits, approved);
  const trail = [...final.trail];
  const said =
    final === tidy
      ? withTidying(params, capped, tidy)
      : withSize(params, current, tidy.at, guardOf(rule, current, tidy.at));
  if (final.stays) return { kind: "hold", reason: final.reason, params: said, trail };
  const { reason } = final;
  if (final.at === current)
    return {
      kind: "hold",
      reason: "already_at_target",
      params: { ...said, because: reason },
      trail,
    };
  const price = tenge(final.at);
  return { kind: "change", price, reason, params: { ...said, price }, trail };
}

/** A price that only comes up to its floor was raised to it, whatever it aimed at. */
function cap(course: Course, { current, floor, ceiling }: Limits): Course {
  const isAbove = !course.stays && course.at > ceiling;
  const capped = isAbove ? turn(course, "ceiling", ceiling, "capped_at_ceiling") : course;
  const isRaised = current < floor && capped.at === floor;
  return isRaised ? turn(capped, "floor", floor, "raised_to_floor") : capped;
}

/**
 * Rounding never takes a price under its floor, before our leading store, nor up past the rival it was put
 * under. Nor does it make or turn round a change: what was to rise or stay does not fall by it, what was to
 * fall is left as it is rather than raised.
 */
function round(course: Course, rule: RepricingRule, limits: Limits, behind: number): Course {
  if (course.stays) return course;
  const { current, floor, ceiling } = limits;
  const least = Math.min(Math.max(floor, behind), ceiling);
  const band = { least, most: Math.min(ceiling, highestBy(course)) };
  if (course.reason === "no_competitors_climb" && current >= floor)
    return roundClimb(course, rule, limits, behind);
  const rounded = roundWithin(rule.rounding, course.at, band) ?? course.at;
  if (course.at > current) return shift(course, "rounding", Math.max(rounded, current));
  return course.at === current || rounded > current ? course : shift(course, "rounding", rounded);
}

/** As long as a price is under its rival's, or equal to it, it is to stay so. */
function highestBy({ at, reference }: Course): number {
  if (reference === null || at > reference) return Number.POSITIVE_INFINITY;
  return at < reference ? reference - 1 : at;
}

/** A climb goes up to the next rounded price within one step, or stays: down it would never arrive. */
function roundClimb(
  course: Course,
  { rounding, maxRise }: RepricingRule,
  { current, ceiling }: Limits,
  behind: number,
): Course {
  const most = Math.min(ceiling, current + stepOf(maxRise, current));
  const band = { least: Math.max(current + 1, behind), most };
  return shift(course, "rounding", roundWithin(rounding, course.at, band) ?? current);
}

function freeze(
  course: Course,
  limit: number,
  current: Tenge,
  params: ReasonParams,
): PriceDecision {
  const wanted = tenge(course.at);
  return {
    kind: "hold",
    reason: "anomaly_frozen",
    wanted,
    params: withSize({ ...params, wanted }, current, wanted, limit),
    trail: [...course.trail, { clamp: "freeze", before: wanted, after: current }],
  };
}

/** What made a price a little another than the reason says. */
function withTidying(params: ReasonParams, capped: Course, tidy: Course): ReasonParams {
  if (tidy === capped) return params;
  const isGap = tidy.trail.at(-1)?.clamp === "profit_gap";
  return { ...params, tidied: isGap ? "profit" : "rounding" };
}

/** The wanted change in percent, one decimal, and the limit it met. */
function withSize(params: ReasonParams, current: Tenge, at: number, limit: number): ReasonParams {
  const percent = Math.round((Math.abs(at - current) * 1000) / current) / 10;
  return { ...params, percent, limit };
}
