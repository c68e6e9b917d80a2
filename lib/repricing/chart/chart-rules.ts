import { type Tenge, tenge } from "@/lib/core/money";
import { HOUR, MINUTE } from "@/lib/core/time";
import { effectiveCeiling } from "@/lib/repricing/decide/rules";
import type { ChartSpan, ChartStep } from "./chart-model";

/** A market left alone is read at six times the interval; twice that late, it counts as unread. */
const UNREAD_INTERVALS = 12;

/** First, last, lowest, highest and the first gap. */
const KEPT_OF_BUCKET = 5;

type Moment = { at: number };

/** The part of a span that something is known of, an hour at least: weeks before the first day say nothing. */
export function spanKnown({ from, to }: ChartSpan, moments: readonly number[]): ChartSpan {
  const first = Math.min(...moments, to);
  return { from: Math.max(from, Math.min(first, to - HOUR)), to };
}

/** A decision as the lines need it; times are epoch ms, money ₸. */
export type PricedDecision = {
  decidedAt: number;
  sentAt: number | null;
  priceBefore: number | null;
  price: number | null;
  /** It left, and Kaspi did not refuse it. */
  wasSent: boolean;
};

/** Our price: what each decision found, what was sent, and what Kaspi shows at last. */
export function priceSteps(
  decisions: readonly PricedDecision[],
  shown: ChartStep | null = null,
): ChartStep[] {
  const steps = decisions.flatMap(({ decidedAt, sentAt, priceBefore, price, wasSent }) => [
    ...(priceBefore === null ? [] : [{ at: decidedAt, value: priceBefore }]),
    ...(wasSent && price !== null ? [{ at: sentAt ?? decidedAt, value: price }] : []),
  ]);
  return onlyChanges([...steps.toSorted(byTime), ...(shown ? [shown] : [])]);
}

/** What limits a product had from a moment on; an absent anchor is the one known before. */
export type LimitsAt = Moment & {
  floor: number | null;
  ceiling: number | null;
  anchor?: number | null;
};

export type LimitsPair = { floor: number | null; ceiling: number | null };

/** Limits set for all cities and for one: what held in that one after each change of either. */
export function limitsThatHeld(
  changes: readonly (Moment & { isForAll: boolean; after: LimitsPair })[],
): LimitsAt[] {
  let forAll: LimitsPair = { floor: null, ceiling: null };
  let here = forAll;
  return changes.toSorted(byTime).map(({ at, isForAll, after }) => {
    if (isForAll) forAll = after;
    else here = after;
    return {
      at,
      floor: here.floor ?? forAll.floor,
      ceiling: here.ceiling ?? forAll.ceiling,
    };
  });
}

/** The floor, and the highest price the bot might set. Without a floor it sets none. */
export function limitSteps(known: readonly LimitsAt[], anchor: number | null) {
  const floor: ChartStep[] = [];
  const ceiling: ChartStep[] = [];
  let last = anchor;
  for (const limits of known.toSorted(byTime)) {
    const { at } = limits;
    last = limits.anchor ?? last;
    floor.push({ at, value: limits.floor });
    ceiling.push({ at, value: limits.floor === null ? null : highest(limits, last) });
  }
  return { floor: onlyChanges(floor), ceiling: onlyChanges(ceiling) };
}

function highest(limits: LimitsAt, anchor: number | null): number {
  const money = (amount: number | null): Tenge | null => (amount === null ? null : tenge(amount));
  return effectiveCeiling({
    ceiling: money(limits.ceiling),
    anchor: money(anchor),
    floor: tenge(limits.floor ?? 0),
  });
}

/** A market that stayed the same from `first` to `last`, epoch ms; `best`: its cheapest rival, ₸. */
export type SeenMarket = { first: number; last: number; best: number | null };

/** The cheapest rival, and the times nobody looked: in `span`, markets in their order. */
export function rivalSteps(
  markets: readonly SeenMarket[],
  span: ChartSpan,
  intervalMinutes: number,
): { rival: ChartStep[]; unread: ChartSpan[] } {
  const patience = UNREAD_INTERVALS * intervalMinutes * MINUTE;
  const rival: ChartStep[] = [];
  const unread: ChartSpan[] = [];
  let seenUntil: number | null = null;
  for (const { first, last, best } of markets) {
    const at = Math.max(first, span.from);
    if (seenUntil !== null && first - seenUntil > patience) {
      unread.push({ from: seenUntil, to: at });
      rival.push({ at: seenUntil, value: null });
    }
    rival.push({ at, value: best });
    seenUntil = Math.max(seenUntil ?? last, last);
  }
  if (seenUntil !== null && span.to - seenUntil > patience) {
    unread.push({ from: seenUntil, to: span.to });
    rival.push({ at: seenUntil, value: null });
  }
  return { rival: onlyChanges(rival), unread };
}

/** Steps of a span: what was true at its beginning starts there. */
export function stepsWithin(steps: readonly ChartStep[], { from, to }: ChartSpan): ChartStep[] {
  const inside = steps.filter(({ at }) => at > from && at <= to);
  const before = steps.findLast(({ at }) => at <= from);
  return before ? [{ at: from, value: before.value }, ...inside] : inside;
}

/** At most `most` steps that look the same: ends, lows, highs and gaps of each slice of time stay. */
export function thinSteps(steps: readonly ChartStep[], most: number): ChartStep[] {
  if (steps.length <= most) return [...steps];
  return bucketed(steps, Math.max(1, Math.floor(most / KEPT_OF_BUCKET))).flatMap((bucket) => {
    const known = bucket.filter((step) => step.value !== null);
    const value = (step: ChartStep) => step.value ?? 0;
    const kept = new Set([
      bucket[0],
      known.toSorted((a, b) => value(a) - value(b))[0],
      known.toSorted((a, b) => value(b) - value(a))[0],
      bucket.find((step) => step.value === null),
      bucket.at(-1),
    ]);
    return bucket.filter((step) => kept.has(step));
  });
}

/** At most `most` moments: of each slice of time the weightiest, the latest of equals. */
export function thinMoments<M extends Moment>(
  moments: readonly M[],
  most: number,
  weight: (moment: M) => number,
): M[] {
  if (moments.length <= most) return [...moments];
  return bucketed(moments, most).flatMap((bucket) => {
    const best = Math.max(...bucket.map(weight));
    return bucket.findLast((moment) => weight(moment) === best) ?? [];
  });
}

function bucketed<M extends Moment>(moments: readonly M[], count: number): M[][] {
  const from = moments[0]?.at ?? 0;
  const width = ((moments.at(-1)?.at ?? from) - from) / count || 1;
  const buckets = new Map<number, M[]>();
  for (const moment of moments) {
    const index = Math.min(count - 1, Math.floor((moment.at - from) / width));
    const bucket = buckets.get(index);
    if (bucket) bucket.push(moment);
    else buckets.set(index, [moment]);
  }
  return [...buckets.values()];
}

function byTime(a: Moment, b: Moment): number {
  return a.at - b.at;
}

function onlyChanges(steps: readonly ChartStep[]): ChartStep[] {
  return steps.filter((step, index) => index === 0 || step.value !== steps[index - 1]?.value);
}
