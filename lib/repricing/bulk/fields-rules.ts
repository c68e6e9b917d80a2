import type { Tenge } from "@/lib/core/money";
import type { Floor } from "@/lib/costs/model";
import {
  anchorWhenSwitchedOn,
  judgeLimitsChange,
  judgeRuledLimits,
  type TypedVerdict,
} from "@/lib/repricing/by-hand/manual-rules";
import type { BulkWhy, WorstCase } from "./bulk-model";
import {
  type BulkSubject,
  equal,
  type Fields,
  judgeBot,
  judgeFloorAndCeiling,
  keysOf,
  limitsOf,
  pick,
} from "./bulk-rules";

/** What other costs make of a product's limits, ₸. */
export type Computed = Pick<BulkSubject, "costFloor" | "costGaps" | "costInFull">;

/** What came of fields that somebody wants of a product: nothing is in them that it has already. */
export type FieldsOutcome =
  | { kind: "fine"; before: Fields; after: Fields; isDoubtful: boolean; worst: WorstCase | null }
  | { kind: "refused"; why: BulkWhy };

/** The limits of a product whose costs become others; null: they stay. */
export function computedBy(worked: { floor: Floor; inFull: Tenge | null }): Computed {
  const { floor, inFull: costInFull } = worked;
  return floor.kind === "floor"
    ? { costFloor: floor.floor, costGaps: floor.gaps, costInFull }
    : { costFloor: null, costGaps: [], costInFull };
}

/** Several fields of one product at once, and other costs with them, judged as each alone would be. */
export function judgeFields(
  subject: BulkSubject,
  wanted: Fields,
  computed: Computed | null,
): FieldsOutcome {
  const after = withAnchor(subject, wanted);
  const becomes = { ...subject, ...computed, ...after };
  const isAsked = (rule: Fields["rule"]) => rule?.floorFromCost === true;
  if (isAsked(after.rule) && !isAsked(subject.rule) && becomes.costFloor === null)
    return { kind: "refused", why: "costs_missing" };
  const verdicts = [
    judgeFloorAndCeiling(subject, after),
    judgeCounting(subject, becomes, after.rule !== undefined),
    judgeBot({ ...subject, ...computed }, after),
  ];
  const refusal = verdicts.find((verdict) => verdict.kind === "refuse");
  if (refusal) return { kind: "refused", why: refusal.key as BulkWhy };
  const changed = keysOf(after).filter((key) => !equal(subject[key], after[key]));
  return {
    kind: "fine",
    before: pick(subject, changed),
    after: pick({ ...subject, ...after }, changed),
    isDoubtful: verdicts.some((verdict) => verdict.kind === "confirm"),
    worst: worstOf(subject, becomes),
  };
}

/** A bot that comes on takes the price of now for its ceiling, as any that is switched on. */
function withAnchor(subject: BulkSubject, wanted: Fields): Fields {
  if (!wanted.botEnabled || subject.botEnabled) return wanted;
  return { ...wanted, anchor: anchorWhenSwitchedOn(subject.anchor, subject.price) };
}

/** Limits that begin or cease to come from cost, or that another cost moves. */
function judgeCounting(was: BulkSubject, becomes: BulkSubject, isRuled: boolean): TypedVerdict {
  const [before, after] = [limitsOf(was), limitsOf(becomes)];
  if (before.floor === after.floor && before.ceiling === after.ceiling) return { kind: "ok" };
  const { botEnabled, dearest: current } = becomes;
  if (isRuled) return judgeRuledLimits(before, after, { botEnabled, current });
  return judgeLimitsChange(before, { floor: after.floor, ceiling: null }, current);
}

/** How far down the bot may then take the price. */
function worstOf(was: BulkSubject, becomes: BulkSubject): WorstCase | null {
  const { floor: limit } = limitsOf(becomes);
  const isAsBefore = limitsOf(was).floor === limit && was.botEnabled === becomes.botEnabled;
  if (!becomes.price || limit === null || !becomes.botEnabled || isAsBefore) return null;
  const percent = Math.round(((limit - becomes.price) / becomes.price) * 100);
  return percent < 0 ? { name: becomes.name, price: becomes.price, limit, percent } : null;
}
