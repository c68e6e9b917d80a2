import type { Tenge } from "@/lib/core/money";
import { gapAt } from "@/lib/repricing/rule/floor-rules";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import { type Course, type Limits, shift, turn } from "./aim-rules";

/** Whether the course leads further from the present price than a person or the rule lets it go alone. */
export function isFrozen(
  { at }: Course,
  { freeze }: RepricingRule,
  { current }: Limits,
  approved: Tenge | undefined,
): boolean {
  return isBeyond(freeze, current, at) && !isAgreed(at, current, approved);
}

/** No change is larger than its guard, unless floor, ceiling or profit ask for more. */
export function guardStep(
  course: Course,
  rule: RepricingRule,
  limits: Limits,
  approved: Tenge | undefined,
): Course {
  const { current, floor, ceiling } = limits;
  const guard = guardOf(rule, current, course.at);
  if (!isBeyond(guard, current, course.at) || isAgreed(course.at, current, approved)) return course;
  const share = stepOf(guard, current);
  const nearest = course.at < current ? current - share : current + share;
  const guarded = turn(course, "step_guard", nearest, "step_guard");
  if (nearest < floor) return turn(guarded, "floor", floor, "raised_to_floor");
  if (nearest > ceiling)
    return avoidGap(turn(guarded, "ceiling", ceiling, "capped_at_ceiling"), rule, limits, 0);
  return leaveGap(guarded, course.at, rule, limits);
}

/**
 * The nearest price under the gap that the course lies in, or over it where that one stands before our
 * leading store; never under the floor. `behind`: the lowest price that stays behind the leader.
 */
export function avoidGap(
  course: Course,
  rule: RepricingRule,
  { floor, ceiling }: Limits,
  behind: number,
): Course {
  const gap = course.stays || !rule.gaps ? undefined : gapAt(course.at, rule.gaps);
  if (!gap) return course;
  const [under, over] = [Math.max(floor, gap[0] - 1), gap[1] + 1];
  return shift(course, "profit_gap", under < behind && over <= ceiling ? over : under);
}

/** Cut short within a gap: it stops before it, or goes through when it stands there already. */
function leaveGap(
  course: Course,
  wanted: number,
  { gaps = [] }: RepricingRule,
  { current, floor, ceiling }: Limits,
): Course {
  const gap = gapAt(course.at, gaps);
  if (!gap) return course;
  const [under, over] = [Math.max(floor, gap[0] - 1), gap[1] + 1];
  const rises = wanted > current;
  const [before, behind] = rises ? [under, over] : [over, under];
  const stopsBefore = rises ? before > current : before < current && before <= ceiling;
  return shift(course, "profit_gap", stopsBefore ? before : behind);
}

/** What a person agreed to: as far as that price, and not the other way. */
function isAgreed(at: number, current: Tenge, approved: Tenge | undefined): boolean {
  if (approved === undefined) return false;
  return approved < current ? at >= approved && at <= current : at <= approved && at >= current;
}

/** The most that a price changes at once by a guard, ₸. */
export function stepOf(guard: number, current: Tenge): number {
  return Math.floor((current * Math.round(guard * 100)) / 10_000);
}

export function guardOf(rule: RepricingRule, current: Tenge, at: number): number {
  return at < current ? rule.maxDrop : rule.maxRise;
}

function isBeyond(percent: number, current: Tenge, at: number): boolean {
  return Math.abs(at - current) * 10_000 > current * Math.round(percent * 100);
}
