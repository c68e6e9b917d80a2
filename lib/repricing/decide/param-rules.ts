import { isCrossed } from "@/lib/repricing/rule/ceiling-rules";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import type { Course, Limits } from "./aim-rules";
import type { DecisionInput } from "./model";
import type { Reason, ReasonParams } from "./reason-model";
import type { Counted } from "./rival-filter-rules";

/** What can be said of a product that is left alone. */
export function knownParams({ rule, current }: DecisionInput): ReasonParams {
  return {
    ...(rule.floorFromCost && rule.floor === null && { floorFrom: "cost" as const }),
    ...(current !== null && { current }),
    ...(rule.floor !== null && { floor: rule.floor }),
    ...(rule.ceiling !== null && { ceiling: rule.ceiling }),
    ...(rule.ceilingFromCost && isCrossed(rule) && { ceilingFrom: "cost" as const }),
  };
}

/** The numbers behind the course a rule has taken in a market. */
export function paramsOf(
  { reason, target }: Course,
  { rule, lead }: Pick<DecisionInput, "rule" | "lead">,
  { current, floor, ceiling }: Limits,
  { prices, preorders, ignored }: Counted,
): ReasonParams {
  const params: ReasonParams = { current, floor, ceiling, preorders, rivals: prices.length };
  if (ignored > 0) params.ignored = ignored;
  if (lead?.kind === "behind") params.leader = lead.price;
  const [rival] = prices;
  if (rival === undefined || !target) return params;
  params.rival = rival;
  if (target.reference !== rival) params.reference = target.reference;
  if (rule.strategy.kind === "average") params.counted = Math.min(rule.strategy.of, prices.length);
  if (blockedReasons.has(reason)) params.blockedBy = obstacle(rule, target.reference, floor);
  return params;
}

const blockedReasons: ReadonlySet<Reason> = new Set<Reason>([
  "pinned_to_floor",
  "fallback_position",
  "blocked_to_ceiling",
  "blocked_hold",
]);

/** What keeps the price of a rule under the floor. */
function obstacle({ strategy }: RepricingRule, reference: number, floor: number) {
  if (strategy.kind === "fixed") return "rule";
  if (strategy.kind === "average") return "average";
  return reference < floor ? "rival" : "step";
}
