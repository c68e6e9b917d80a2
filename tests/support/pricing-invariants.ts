import type { DecisionInput, PriceDecision } from "@/lib/repricing/model";

/**
 * What no decision may break, said again from the input alone and with none of the rules' own code.
 * Returns the first broken promise, or null.
 */
export function brokenPromise(input: DecisionInput, decision: PriceDecision): string | null {
  return (
    brokenLimit(input, decision) ?? brokenGuard(input, decision) ?? brokenTrail(input, decision)
  );
}

function limits({ rule, anchor, current }: DecisionInput) {
  const floor = Math.max(rule.floor ?? 0, 10);
  return { floor, ceiling: rule.ceiling ?? Math.max(anchor ?? current ?? 0, floor) };
}

function brokenLimit(input: DecisionInput, decision: PriceDecision): string | null {
  if (decision.kind !== "change") return null;
  const { rule, market, current } = input;
  const { floor, ceiling } = limits(input);
  if (!Number.isSafeInteger(decision.price)) return "a price is whole tenge";
  if (decision.price < 10) return "a price is at least 10 ₸";
  if (decision.price < floor) return "a price is not below its floor";
  if (decision.price > ceiling) return "a price is not above its ceiling";
  if (decision.price === current) return "an equal price is not a change";
  if (!rule.enabled) return "a bot that is off changes nothing";
  if (rule.floor === null) return "without a floor nothing changes";
  if (market.kind === "unseen") return "an unseen market changes nothing";
  if (current === null) return "an unknown price is not changed";
  if (input.manualLock || !input.onSale || !input.hasCard) return "a closed product is not changed";
  return null;
}

function brokenGuard(input: DecisionInput, decision: PriceDecision): string | null {
  if (decision.kind !== "change" || !input.current) return null;
  const { rule, current } = input;
  const { floor, ceiling } = limits(input);
  const share = (Math.abs(decision.price - current) / current) * 100;
  if (share > rule.freeze + 1e-9) return "a change beyond freeze waits for a person";
  const guard = decision.price < current ? rule.maxDrop : rule.maxRise;
  const forced =
    (current < floor && decision.price === floor) ||
    (current > ceiling && decision.price === ceiling);
  if (share > guard + 1e-9 && !forced) return "a change is not beyond its guard";
  return null;
}

function brokenTrail({ current }: DecisionInput, decision: PriceDecision): string | null {
  const { trail } = decision;
  const [first] = trail;
  if (!first) return decision.kind === "change" ? "a change has a trail" : null;
  if (first.before !== current) return "a trail begins at the present price";
  const broken = trail.some((step, at) => at > 0 && step.before !== trail[at - 1]?.after);
  if (broken) return "each step of a trail begins where the last one ended";
  const end = decision.kind === "change" ? decision.price : current;
  return trail.at(-1)?.after === end ? null : "a trail ends at the decision";
}
