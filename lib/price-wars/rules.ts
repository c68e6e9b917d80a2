import type { Tenge } from "@/lib/core/money";
import type { RuleOverride } from "@/lib/repricing/rule/rule-model";
import type { WarAnswer } from "./answer-model";
import { WAR_QUIET, WAR_ROUNDS } from "./model";

/** A price of ours that has left, and the one before it. */
export type OwnMove = { at: Date; before: Tenge; price: Tenge };
/** Who else asked how much on the card when it was read. */
export type Sighting = { at: Date; prices: Readonly<Record<string, Tenge>> };

export type Side = "us" | "rival";
/** A price that went down to the other side's, or under it. `before` is ours until then. */
export type Cut = { at: Date; by: Side; before: Tenge; price: Tenge; rivalPrice: Tenge };

export type Chase = {
  rivalId: string;
  startedAt: Date;
  lastCutAt: Date;
  lastCutBy: Side;
  rounds: number;
  priceBefore: Tenge;
  price: Tenge;
  rivalPrice: Tenge;
};

/**
 * The chase that the last cuts belong to; null when there is none. A round is a cut of the rival's that
 * we have answered with one of ours. Who merely lowers a price far above the other's takes no part.
 */
export function chaseOf(own: readonly OwnMove[], sightings: readonly Sighting[]): Chase | null {
  const rivals = new Set(sightings.flatMap(({ prices }) => Object.keys(prices)));
  const chases = [...rivals].sort().flatMap((rivalId) => {
    const [first, ...rest] = lastStretch(cutsWith(rivalId, own, sightings));
    return first ? [rest.reduce(goOn, begin(rivalId, first))] : [];
  });
  const worst = chases.reduce<Chase | null>(
    (most, chase) => (chase.rounds > (most?.rounds ?? 0) ? chase : most),
    null,
  );
  return worst && worst.rounds >= WAR_ROUNDS ? worst : null;
}

/** A chase with what has happened since its last cut. The cuts are those of its rival. */
export function followChase<Known extends Chase>(chase: Known, cuts: readonly Cut[]): Known {
  return cuts.filter(({ at }) => at > chase.lastCutAt).reduce(goOn, chase);
}

/** Nobody has cut for so long that it is over. */
export function isOver({ lastCutAt }: Pick<Chase, "lastCutAt">, now: Date): boolean {
  return now.getTime() - lastCutAt.getTime() > WAR_QUIET;
}

/** The cuts of both sides in the order they happened. Moves and sightings are given in theirs. */
export function cutsWith(
  rivalId: string,
  own: readonly OwnMove[],
  sightings: readonly Sighting[],
): Cut[] {
  const cuts: Cut[] = [];
  let ours = own[0]?.before ?? null;
  let theirs: Tenge | null = null;
  for (const event of inOrder(own, sightings)) {
    const { at } = event;
    if ("prices" in event) {
      const seen = event.prices[rivalId];
      if (seen === undefined) continue;
      if (theirs !== null && seen < theirs && ours !== null && seen <= ours)
        cuts.push({ at, by: "rival", before: ours, price: ours, rivalPrice: seen });
      theirs = seen;
      continue;
    }
    const { before, price } = event;
    if (price < before && theirs !== null && price <= theirs)
      cuts.push({ at, by: "us", before, price, rivalPrice: theirs });
    ours = price;
  }
  return cuts;
}

/** What a person's answer changes of the rule. `current` is the price that "hold" keeps. */
export function remedyOf(answer: WarAnswer, current: Tenge): RuleOverride {
  switch (answer) {
    case "match":
      return { strategy: { kind: "match" } };
    case "hold":
      return { strategy: { kind: "fixed", price: current } };
    case "above":
      return { strategy: { kind: "above" } };
    case "night":
      return { schedule: { windows: [{ days: everyDay, ...day }], outside: "ceiling" } };
  }
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];
/** From seven in the morning till eleven at night; in between the price goes back to the ceiling. */
const day = { from: 7 * 60, to: 23 * 60 };

/** At the same moment the market was read first: our price answers what was seen. */
function inOrder(own: readonly OwnMove[], sightings: readonly Sighting[]): (OwnMove | Sighting)[] {
  return [...sightings, ...own].sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** From the last long rest on. */
function lastStretch(cuts: readonly Cut[]): readonly Cut[] {
  const begin = cuts.findLastIndex(({ at }, nth) => {
    const before = cuts[nth - 1];
    return before && at.getTime() - before.at.getTime() > WAR_QUIET;
  });
  return begin === -1 ? cuts : cuts.slice(begin);
}

function begin(rivalId: string, { at, by, before, price, rivalPrice }: Cut): Chase {
  const cuts = { startedAt: at, lastCutAt: at, lastCutBy: by, rounds: 0 };
  return { rivalId, ...cuts, priceBefore: before, price, rivalPrice };
}

function goOn<Known extends Chase>(chase: Known, { at, by, price, rivalPrice }: Cut): Known {
  const isAnswer = by === "us" && chase.lastCutBy === "rival";
  const rounds = chase.rounds + (isAnswer ? 1 : 0);
  return { ...chase, lastCutAt: at, lastCutBy: by, rounds, price, rivalPrice };
}
