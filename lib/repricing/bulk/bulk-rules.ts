import { HIGHEST_PRICE, shareOf, type Tenge, tenge } from "@/lib/core/money";
import type { PriceGap } from "@/lib/costs/model";
import {
  anchorWhenSwitchedOn,
  judgeBotSwitch,
  judgeLimitsChange,
  judgeRuledLimits,
  type Limits,
  type TypedVerdict,
} from "@/lib/repricing/by-hand/manual-rules";
import { nothingForeseen } from "@/lib/repricing/forecast/forecast-model";
import { canonicalJson } from "@/lib/repricing/ledger/ledger-rules";
import { setCeiling } from "@/lib/repricing/rule/ceiling-rules";
import { effectiveFloor } from "@/lib/repricing/rule/floor-rules";
import type { RuleOverride } from "@/lib/repricing/rule/rule-model";
import type { BulkChange, BulkPreview, BulkWhy, SellerState, WorstCase } from "./bulk-model";
import { worse } from "./worst-case-model";

/** A product as a bulk change meets it. `price` is what Kaspi shows now, ₸. */
export type BulkSubject = SellerState & {
  name: string;
  price: Tenge | null;
  /** The highest price of the cities that take their floor from the product: a floor is compared with it. */
  dearest: Tenge | null;
  /** Computed from cost, counting where the rule says so. */
  costFloor: Tenge | null;
  costGaps: readonly PriceGap[];
  storeFromCost: boolean;
  costInFull: Tenge | null;
  /** What the store's rule says of a ceiling from cost, %. */
  storeMarkup: number | null;
  onSale: boolean;
  mayChangePrice: boolean;
  mayChangeRule: boolean;
};

export type Fields = Partial<SellerState>;

export type BulkOutcome =
  | { kind: "change"; before: Fields; after: Fields; doubtful: boolean }
  | { kind: "same" }
  | { kind: "skip"; why: BulkWhy };

/** What `change_price` allows; the rest are changes of a rule. */
const isOfPrice: ReadonlySet<BulkChange["kind"]> = new Set(["bot", "floor", "ceiling"]);

const mayMake = ({ mayChangePrice, mayChangeRule }: BulkSubject, isOfRule: boolean) =>
  isOfRule ? mayChangeRule : mayChangePrice;

/** What the change would do to one product; single edits are judged by the same rules. */
export function judgeBulk(subject: BulkSubject, change: BulkChange): BulkOutcome {
  if (!mayMake(subject, !isOfPrice.has(change.kind))) return { kind: "skip", why: "read_only" };
  const after = wanted(subject, change);
  return typeof after === "string" ? { kind: "skip", why: after } : settle(subject, after);
}

/** Puts back what a bulk change did, unless somebody has changed the same since. */
export function judgeUndo(
  subject: BulkSubject,
  done: { before: Fields; after: Fields },
): BulkOutcome {
  if (!mayMake(subject, "rule" in done.after)) return { kind: "skip", why: "read_only" };
  const isAsLeft = keysOf(done.after).every((key) => equal(subject[key], done.after[key]));
  if (!isAsLeft) return { kind: "skip", why: "changed_since" };
  const outcome = settle(subject, putBack(subject, done.before));
  // It was like this before: nobody is asked about it again.
  return outcome.kind === "change" ? { ...outcome, doubtful: false } : outcome;
}

/** A bot that comes back on takes the price of now for its ceiling, as any that is switched on. */
function putBack(subject: BulkSubject, before: Fields): Fields {
  if (!before.botEnabled) return before;
  const anchor = before.anchor === undefined ? subject.anchor : before.anchor;
  return { ...before, anchor: anchorWhenSwitchedOn(anchor, subject.price) };
}

/** The fields as the change wants them, or why it cannot be made. */
function wanted(subject: BulkSubject, change: BulkChange): Fields | BulkWhy {
  const { price, rule } = subject;
  switch (change.kind) {
    case "bot":
      if (change.enabled === subject.botEnabled) return {};
      return change.enabled
        ? { botEnabled: true, anchor: anchorWhenSwitchedOn(subject.anchor, price) }
        : { botEnabled: false };
    case "floor":
    case "ceiling":
      return wantedLimit(price, change);
    case "step":
      return overriding(rule, { step: change.step });
    case "strategy":
      return overriding(rule, { strategy: change.strategy && { kind: change.strategy } });
    case "floorFromCost":
      if (change.on && subject.costFloor === null) return "costs_missing";
      return overriding(rule, { floorFromCost: change.on });
    case "rule":
    case "copy":
      return wantedRule(subject, change);
  }
}

/** Fields laid over the rule a product has, or a rule in its place. */
function wantedRule(
  { rule, costFloor }: BulkSubject,
  change: Extract<BulkChange, { kind: "rule" | "copy" }>,
): Fields | BulkWhy {
  if (rule === null) return "rule_unreadable";
  if (change.rule.floorFromCost && costFloor === null) return "costs_missing";
  return { rule: change.kind === "copy" ? change.rule : { ...rule, ...change.rule } };
}

/** The rule with a field of its own; `null` takes it away, so that the store's counts. */
function overriding(
  rule: RuleOverride | null,
  field: { [Name in keyof RuleOverride]?: RuleOverride[Name] | null },
): Fields | BulkWhy {
  if (rule === null) return "rule_unreadable";
  const isTaken = (name: string) =>
    Object.entries(field).some(([own, to]) => own === name && to === null);
  const all = Object.entries({ ...rule, ...field }).filter(([name]) => !isTaken(name));
  return { rule: Object.fromEntries(all) };
}

function wantedLimit(
  price: Tenge | null,
  { kind, to }: Extract<BulkChange, { kind: "floor" | "ceiling" }>,
): Fields | BulkWhy {
  if (to === null) return { [kind]: null };
  if (to.unit === "tenge") return { [kind]: to.value };
  if (price === null) return "price_unknown";
  // Rounding never lets a price go further than the percentage says.
  const share = shareOf(price, to.value, kind === "floor" ? "up" : "down");
  return { [kind]: tenge(Math.min(share, HIGHEST_PRICE)) };
}

function settle(subject: BulkSubject, after: Fields): BulkOutcome {
  const changed = keysOf(after).filter((key) => !equal(subject[key], after[key]));
  if (changed.length === 0) return { kind: "same" };
  const verdicts = [
    judgeFloorAndCeiling(subject, after),
    judgeFromCost(subject, after),
    judgeBot(subject, after),
  ];
  const refusal = verdicts.find((verdict) => verdict.kind === "refuse");
  if (refusal) return { kind: "skip", why: refusal.key as BulkWhy };
  return {
    kind: "change",
    before: pick(subject, changed),
    after: pick({ ...subject, ...after }, changed),
    doubtful: verdicts.some((verdict) => verdict.kind === "confirm"),
  };
}

export function judgeFloorAndCeiling(subject: BulkSubject, after: Fields): TypedVerdict {
  if (!("floor" in after) && !("ceiling" in after)) return { kind: "ok" };
  const { floor, ceiling } = { ...subject, ...after };
  return judgeLimitsChange(subject, { floor, ceiling }, subject.dearest);
}

/** Limits that begin or cease to come from cost. */
function judgeFromCost(subject: BulkSubject, after: Fields): TypedVerdict {
  const [was, becomes] = [limitsOf(subject), limitsOf({ ...subject, ...after })];
  const isSame = was.floor === becomes.floor && was.ceiling === becomes.ceiling;
  if (after.rule === undefined || isSame) return { kind: "ok" };
  const { botEnabled, dearest: current } = subject;
  return judgeRuledLimits(was, becomes, { botEnabled, current });
}

export function judgeBot(subject: BulkSubject, after: Fields): TypedVerdict {
  if (after.botEnabled === undefined) return { kind: "ok" };
  return judgeBotSwitch(after.botEnabled, floorOf({ ...subject, ...after }));
}

const floorOf = (subject: BulkSubject) => limitsOf(subject).floor;

/** The limits that count. */
export function limitsOf({ rule, ...subject }: BulkSubject): Limits {
  const floorFromCost = rule?.floorFromCost ?? subject.storeFromCost;
  const { costFloor: computed, costGaps: gaps, costInFull } = subject;
  const { ceilingMarkup: markup = subject.storeMarkup } = rule ?? {};
  return {
    floor: effectiveFloor({ typed: subject.floor, computed, gaps, floorFromCost }),
    ceiling: setCeiling({ typed: subject.ceiling, costInFull, markup }).ceiling,
  };
}

/** The empty preview that products are counted into. */
export function emptyPreview(): BulkPreview {
  return {
    total: 0,
    changes: 0,
    same: 0,
    doubtful: 0,
    offSale: 0,
    skipped: [],
    worst: null,
    worstConfirmed: null,
    market: nothingForeseen,
  };
}

/** The preview with one more product in it, and what would become of that. */
export function countInto(
  preview: BulkPreview,
  subject: BulkSubject,
  change: BulkChange,
  outcome: BulkOutcome,
): BulkPreview {
  const total = preview.total + 1;
  if (outcome.kind === "same") return { ...preview, total, same: preview.same + 1 };
  if (outcome.kind === "skip")
    return { ...preview, total, skipped: oneMore(preview.skipped, outcome.why) };
  const worst = worstOf(subject, outcome.after, change);
  return {
    ...preview,
    total,
    changes: preview.changes + 1,
    doubtful: preview.doubtful + (outcome.doubtful ? 1 : 0),
    offSale: preview.offSale + (subject.onSale ? 0 : 1),
    worst: outcome.doubtful ? preview.worst : worse(preview.worst, worst),
    worstConfirmed: worse(preview.worstConfirmed, worst),
  };
}

function oneMore(skipped: BulkPreview["skipped"], why: BulkWhy): BulkPreview["skipped"] {
  const known = skipped.some((entry) => entry.why === why);
  if (!known) return [...skipped, { why, count: 1 }];
  return skipped.map((entry) => (entry.why === why ? { ...entry, count: entry.count + 1 } : entry));
}

/** How far the bot may then take the price: up to a ceiling that is set, down to the floor otherwise. */
function worstOf(subject: BulkSubject, after: Fields, change: BulkChange): WorstCase | null {
  const becomes = { ...subject, ...after };
  const { botEnabled } = becomes;
  const limit = change.kind === "ceiling" ? limitsOf(becomes).ceiling : floorOf(becomes);
  const mayMove = botEnabled || change.kind === "floor" || change.kind === "ceiling";
  if (!subject.price || limit === null || !mayMove) return null;
  const percent = Math.round(((limit - subject.price) / subject.price) * 100);
  const isWorth = change.kind === "ceiling" ? percent > 0 : percent < 0;
  return isWorth ? { name: subject.name, price: subject.price, limit, percent } : null;
}

export const keysOf = (fields: Fields) => Object.keys(fields) as (keyof SellerState)[];

export const equal = (one: unknown, other: unknown) =>
  canonicalJson(one ?? null) === canonicalJson(other ?? null);

export function pick(state: SellerState, keys: (keyof SellerState)[]): Fields {
  return Object.fromEntries(keys.map((key) => [key, state[key]]));
}
