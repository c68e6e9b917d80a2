import type { DecisionInput, PriceDecision } from "@/lib/repricing/decide/model";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";

/**
 * What no decision may break, said again from the input alone and with none of the rules' own code.
 * Returns the first broken promise, or null.
 */
export function brokenPromise(input: DecisionInput, decision: PriceDecision): string | null {
  return (
    brokenLimit(input, decision) ??
    brokenRest(input, decision) ??
    brokenGuard(input, decision) ??
    brokenGrid(input, decision) ??
    brokenTrail(input, decision)
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

function brokenRest(input: DecisionInput, decision: PriceDecision): string | null {
  if (decision.kind !== "change") return null;
  if (isAsleep(input)) return brokenSleep(input, decision.price);
  if (isScarce(input)) return brokenThrift(input, decision.price);
  const { rule, current, lead } = input;
  const { floor } = limits(input);
  if (lead?.kind === "hold" && (current ?? 0) >= floor) return "who waits for a leader keeps still";
  if (isFirst(input) && decision.price < (current ?? 0)) return "who is the cheapest goes no lower";
  const earnsTooLittle = rule.gaps?.some(
    ([from, to]) => from > floor && from <= decision.price && decision.price <= to,
  );
  return earnsTooLittle ? "no price earns too little" : null;
}

/** Cheaper than everybody by a rule that wants just that, and within its limits. */
function isFirst(input: DecisionInput): boolean {
  const { rule, market, current, lead } = input;
  const { floor, ceiling } = limits(input);
  if (current === null || current < floor || current > ceiling || lead || rule.gaps) return false;
  const wants = rule.strategy.kind === "undercut" && market.kind === "seen";
  return wants && market.rivals.every(({ price }) => price > current);
}

function brokenSleep(input: DecisionInput, price: number): string | null {
  const { rule } = input;
  if (rule.schedule?.outside === "hold") return "a bot that rests changes nothing";
  return lowersNeedlessly(input, price) ? "a bot that rests lowers nothing" : null;
}

function brokenThrift(input: DecisionInput, price: number): string | null {
  const { rule, current } = input;
  if (rule.lowStock?.price === "hold" && (current ?? 0) >= limits(input).floor)
    return "a price that is held for want of stock stays";
  return lowersNeedlessly(input, price) ? "what is running out gets no cheaper" : null;
}

const isScarce = ({ rule: { lowStock }, stockDays }: DecisionInput) =>
  lowStock !== null && stockDays !== null && stockDays <= lowStock.days;

/** The ceiling itself may earn too little. */
const lowersNeedlessly = (input: DecisionInput, price: number) =>
  !input.rule.gaps && price < (input.current ?? 0) && (input.current ?? 0) <= limits(input).ceiling;

/** Each window laid out as minutes, this week's and those that run over from the last. */
function isAsleep({ rule, minuteOfWeek }: DecisionInput): boolean {
  return !!rule.schedule?.windows.every(({ days, from, to }) =>
    days.every((day) => {
      const start = (day - 1) * 1440 + from;
      const end = start + (to > from ? to - from : 1440 - from + to);
      return [minuteOfWeek, minuteOfWeek + 10_080].every(
        (minute) => minute < start || minute >= end,
      );
    }),
  );
}

function brokenGuard(input: DecisionInput, decision: PriceDecision): string | null {
  if (decision.kind !== "change" || !input.current) return null;
  const { rule, current, approved } = input;
  const { floor, ceiling } = limits(input);
  const { price } = decision;
  const share = (Math.abs(price - current) / current) * 100;
  const isAgreed =
    approved !== undefined && (price < current ? approved <= price : approved >= price);
  if (share > rule.freeze + 1e-9 && !isAgreed && !passesGap(rule, current, price))
    return "a change beyond freeze waits for a person";
  const guard = price < current ? rule.maxDrop : rule.maxRise;
  const forced =
    (current < floor && price === floor) ||
    (current > ceiling && (price === ceiling || rule.gaps?.some(([from]) => price === from - 1))) ||
    passesGap(rule, current, price);
  if (share > guard + 1e-9 && !forced && !isAgreed) return "a change is not beyond its guard";
  return null;
}

/** From within a stretch of too little profit, or from its edge, to the other edge, or a floor within. */
function passesGap({ gaps = [], floor }: RepricingRule, current: number, price: number): boolean {
  return gaps.some(([from, to]) =>
    price < current
      ? price <= Math.max(from, floor ?? 0) && current <= to + 1
      : price === to + 1 && current >= from - 1,
  );
}

function brokenGrid(input: DecisionInput, decision: PriceDecision): string | null {
  if (decision.kind !== "change") return null;
  const { rule, lead } = input;
  const { rounding } = rule;
  const cut = decision.trail.some(({ clamp }) => clamp === "step_guard" || clamp === "profit_gap");
  const isRound = (price: number) =>
    rounding.kind === "to"
      ? price % rounding.value === 0
      : String(price).endsWith(String(rounding.value));
  if (cut || isRound(decision.price)) return null;
  if (lead?.kind === "behind") return null;
  const { floor, ceiling } = limits(input);
  const { price } = decision;
  for (let at = Math.max(floor, price - 10_000); at < price; at += 1)
    if (isRound(at)) return "a price is round where it can be";
  for (let at: number = price; at <= Math.min(ceiling, price + 10_000); at += 1)
    if (isRound(at)) return losesByRounding(input, price, at) ? null : "a price is rounded up";
  return null;
}

/** Up there it would rise instead of falling, or no longer stand before a rival. */
function losesByRounding({ current, market, rule }: DecisionInput, price: number, round: number) {
  const rises = round > (current ?? 0) && price <= (current ?? 0);
  const rivals = market.kind === "seen" ? market.rivals : [];
  const passes = rivals.some((rival) => rival.price >= price && rival.price <= round);
  return rises || passes || rule.strategy.kind === "average";
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
