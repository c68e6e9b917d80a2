import type { Locale } from "@/lib/i18n/locales";
import { formatNumber, parseMoney } from "@/lib/i18n/money";
import type { RuleFormTexts, RuleFormValues } from "@/lib/repricing/rule/rule-form-model";
import type { RuleOverride, Strategy } from "@/lib/repricing/rule/rule-model";
import {
  textOfWindows,
  type WindowText,
  windowRows,
  windowsText,
} from "@/lib/repricing/rule/schedule-text-rules";
import type { SellerNames } from "@/lib/rivals/list-model";

const nobodyNamed: SellerNames = new Map();

/** The rule above: what an empty field means. */
export type RuleAbove = Required<RuleOverride>;

export const strategyKinds = [
  "undercut",
  "match",
  "above",
  "position",
  "average",
  "fixed",
] as const satisfies readonly Strategy["kind"][];

type Unit = "tenge" | "percent";
type Quantity = { unit: Unit; value: number };
type NumberField = "maxDrop" | "maxRise" | "freeze" | "intervalMinutes";
type Condition = "ceilingMarkup" | "minRating" | "minReviews" | "outlierPercent";

/** A rule reduced to what its sentences say. Null: nobody has typed it yet, or nothing is asked. */
export type RuleInWords = {
  strategy: Strategy["kind"];
  place: number | null;
  averageOf: number | null;
  price: number | null;
  step: Quantity;
  floorFromCost: boolean;
  whenAlone: "hold" | "ceiling" | "climb";
  climb: Quantity | null;
  whenFirst: "hold" | "raise";
  whenBlocked: "floor" | "next_place" | "ceiling" | "hold";
  ignorePreorders: boolean;
  /** Sellers by name where there is one; null: the list asks nothing, empty: nobody is named yet. */
  excluded: readonly string[] | null;
  only: readonly string[] | null;
  fastAsOurs: boolean;
  rounding: { kind: "to" | "ending"; value: number | null };
  schedule: "always" | "hold" | "ceiling";
  lowStock: "ignore" | "hold" | "ceiling";
  lowStockDays: number | null;
  windows: WindowText[];
} & Record<Condition, number | null> &
  Record<NumberField, number>;

const grouped = [
  "fixedPrice",
  "stepValue",
  "climbValue",
  "ceilingMarkup",
  "minRating",
  "minReviews",
  "outlierPercent",
  "maxDrop",
  "maxRise",
  "freeze",
] as const;

/** What the form starts with: numbers as people of the language write them, a unit always chosen. */
export function draftOf(values: RuleFormTexts, above: RuleAbove, locale: Locale): RuleFormTexts {
  const draft = {
    ...values,
    stepUnit: values.stepUnit || above.step.unit,
    climbUnit: values.climbUnit || "tenge",
  };
  for (const field of grouped)
    if (draft[field] !== "") draft[field] = formatNumber(Number(draft[field]), locale);
  return draft;
}

/** What is saved: a unit without a value says nothing, nor does what its choice does not ask for. */
export function submission(draft: RuleFormTexts): RuleFormValues {
  return {
    ...draft,
    stepUnit: draft.stepValue.trim() === "" ? "" : draft.stepUnit,
    place: draft.strategy === "position" ? draft.place : "",
    averageOf: draft.strategy === "average" ? draft.averageOf : "",
    fixedPrice: draft.strategy === "fixed" ? draft.fixedPrice : "",
    ceilingMarkup: draft.ceilingSource === "cost" ? draft.ceilingMarkup : "",
    excludeSellers: draft.excludeList === "some" ? draft.excludeSellers : "",
    onlySellers: draft.onlyList === "some" ? draft.onlySellers : "",
    minRating: draft.rating === "least" ? draft.minRating : "",
    minReviews: draft.reviews === "least" ? draft.minReviews : "",
    outlierPercent: draft.outliers === "ignore" ? draft.outlierPercent : "",
    ending: draft.rounding === "ending" ? draft.ending : "",
    windows: hasWindows(draft) ? draftWindows(draft) : "",
    lowStockDays: mindsStock(draft) ? draft.lowStockDays : "",
  };
}

/** The sellers a rule names, by their numbers. */
export const sellersOf = (
  rule: Pick<RuleAbove, "excludeRivals" | "onlyRivals"> | null,
): string[] => (rule ? [...rule.excludeRivals, ...rule.onlyRivals] : []);

/** The numbers in a text, each once. */
export const sellersIn = (text: string): string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((seller) => seller !== "")),
];

export const hasWindows = ({ schedule }: RuleFormTexts) =>
  schedule === "hold" || schedule === "ceiling";

export const mindsStock = ({ lowStock }: RuleFormTexts) =>
  lowStock === "hold" || lowStock === "ceiling";

/** Every seller a form may have to name. */
export const sellersWithin = (draft: RuleFormTexts, above: RuleAbove): string[] => [
  ...sellersIn(draft.excludeSellers),
  ...sellersIn(draft.onlySellers),
  ...sellersOf(above),
];

/** What a new window is until somebody changes it. */
export const freshWindow: WindowText = { days: "12345", from: "09:00", to: "21:00" };

export const draftWindows = ({ windows }: RuleFormTexts) => windows || windowsText([freshWindow]);

/** Reads `12 990`, `0,5` and `15 %`; null for anything that is not a positive number. */
export function typedNumber(text: string): number | null {
  const whole = parseMoney(text);
  const value = whole.ok ? whole.amount : Number(text.replace(/[\s%]/g, "").replace(",", "."));
  return value !== null && Number.isFinite(value) && value > 0 ? value : null;
}

const named = (ids: readonly string[], names: SellerNames) => ids.map((id) => names.get(id) ?? id);

export function inWords(rule: RuleAbove, names: SellerNames = nobodyNamed): RuleInWords {
  const { strategy, whenAlone, onlyRivals, excludeRivals, schedule, lowStock } = rule;
  const listed = (ids: readonly string[]) => (ids.length > 0 ? named(ids, names) : null);
  return {
    ...rule,
    strategy: strategy.kind,
    place: strategy.kind === "position" ? strategy.place : null,
    averageOf: strategy.kind === "average" ? strategy.of : null,
    price: strategy.kind === "fixed" ? strategy.price : null,
    whenAlone: whenAlone.kind,
    climb: whenAlone.kind === "climb" ? whenAlone.by : null,
    excluded: listed(excludeRivals),
    only: listed(onlyRivals),
    schedule: schedule?.outside ?? "always",
    lowStock: lowStock?.price ?? "ignore",
    lowStockDays: lowStock?.days ?? null,
    windows: windowRows(textOfWindows(schedule?.windows ?? [])),
  };
}

/** The rule as it would be if the draft were saved; what cannot be read counts as not typed. */
export function draftInWords(
  draft: RuleFormTexts,
  above: RuleAbove,
  names: SellerNames = nobodyNamed,
): RuleInWords {
  const base = inWords(above, names);
  const number = (field: NumberField) => typedNumber(draft[field]) ?? base[field];
  return {
    ...aimInWords(draft, base),
    ceilingMarkup: askedOf(draft, base, ["ceilingSource", "cost", "ceilingMarkup"]),
    whenAlone: draft.whenAlone || base.whenAlone,
    climb: draft.whenAlone === "climb" ? quantity(draft.climbUnit, draft.climbValue) : base.climb,
    whenFirst: draft.whenFirst || base.whenFirst,
    whenBlocked: draft.whenBlocked || base.whenBlocked,
    ...rivalsInWords(draft, base, names),
    rounding: roundingInWords(draft, base),
    schedule: draft.schedule || base.schedule,
    windows: hasWindows(draft) ? windowRows(draftWindows(draft)) : base.windows,
    lowStock: draft.lowStock || base.lowStock,
    lowStockDays: mindsStock(draft) ? typedNumber(draft.lowStockDays) : base.lowStockDays,
    maxDrop: number("maxDrop"),
    maxRise: number("maxRise"),
    freeze: number("freeze"),
    intervalMinutes: number("intervalMinutes"),
  };
}

function quantity(unit: Unit | "", text: string): Quantity | null {
  const value = typedNumber(text);
  return value === null ? null : { unit: unit || "tenge", value };
}

function aimInWords(draft: RuleFormTexts, base: RuleInWords) {
  const { strategy } = draft;
  return {
    strategy: strategy || base.strategy,
    place: strategy === "position" ? typedNumber(draft.place) : base.place,
    averageOf: strategy === "average" ? typedNumber(draft.averageOf) : base.averageOf,
    price: strategy === "fixed" ? typedNumber(draft.fixedPrice) : base.price,
    step: quantity(draft.stepUnit, draft.stepValue) ?? base.step,
    floorFromCost: chosen(draft.floorSource, "cost", base.floorFromCost),
  };
}

/** The number that a choice asks for; null where it is another choice. */
function askedOf(
  draft: RuleFormTexts,
  base: RuleInWords,
  [choice, asks, field]: [choice: keyof RuleFormTexts, asks: string, field: Condition],
): number | null {
  if (draft[choice] === "") return base[field];
  return draft[choice] === asks ? typedNumber(draft[field]) : null;
}

function rivalsInWords(draft: RuleFormTexts, base: RuleInWords, names: SellerNames) {
  const listed = (choice: string, text: string, above: RuleInWords["only"]) => {
    if (choice === "") return above;
    return choice === "some" ? named(sellersIn(text), names) : null;
  };
  return {
    ignorePreorders: chosen(draft.preorders, "ignore", base.ignorePreorders),
    excluded: listed(draft.excludeList, draft.excludeSellers, base.excluded),
    only: listed(draft.onlyList, draft.onlySellers, base.only),
    minRating: askedOf(draft, base, ["rating", "least", "minRating"]),
    minReviews: askedOf(draft, base, ["reviews", "least", "minReviews"]),
    fastAsOurs: chosen(draft.delivery, "fast", base.fastAsOurs),
    outlierPercent: askedOf(draft, base, ["outliers", "ignore", "outlierPercent"]),
  };
}

function roundingInWords({ rounding, ending }: RuleFormTexts, base: RuleInWords) {
  if (rounding === "") return base.rounding;
  return rounding === "ending"
    ? { kind: "ending" as const, value: typedNumber(ending) }
    : { kind: "to" as const, value: Number(rounding) };
}

const chosen = (choice: string, yes: string, base: boolean) =>
  choice === "" ? base : choice === yes;
