import type { Locale } from "@/lib/i18n/locales";
import { formatNumber, parseMoney } from "@/lib/i18n/money";
import type { RuleFormTexts, RuleFormValues } from "@/lib/repricing/rule-form";
import type { RuleOverride, Strategy } from "@/lib/repricing/rule-model";

/** The rule above: what an empty field means. */
export type RuleAbove = Required<RuleOverride>;

type Unit = "tenge" | "percent";
type Quantity = { unit: Unit; value: number };
type NumberField = "maxDrop" | "maxRise" | "freeze" | "intervalMinutes";

/** A rule reduced to what its sentences say. */
export type RuleInWords = {
  strategy: Strategy["kind"];
  /** Null while nobody has typed it. */
  price: number | null;
  step: Quantity;
  whenAlone: "hold" | "ceiling" | "climb";
  climb: Quantity | null;
  whenFirst: "hold" | "raise";
  whenBlocked: "floor" | "next_place" | "ceiling" | "hold";
  ignorePreorders: boolean;
} & Record<NumberField, number>;

const grouped = ["fixedPrice", "stepValue", "climbValue", "maxDrop", "maxRise", "freeze"] as const;

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

/** What is saved: a unit without a value says nothing. */
export function submission(draft: RuleFormTexts): RuleFormValues {
  return { ...draft, stepUnit: draft.stepValue.trim() === "" ? "" : draft.stepUnit };
}

/** Reads `12 990`, `0,5` and `15 %`; null for anything that is not a positive number. */
export function typedNumber(text: string): number | null {
  const whole = parseMoney(text);
  const value = whole.ok ? whole.amount : Number(text.replace(/[\s%]/g, "").replace(",", "."));
  return value !== null && Number.isFinite(value) && value > 0 ? value : null;
}

export function inWords(rule: RuleAbove): RuleInWords {
  const { strategy, whenAlone } = rule;
  return {
    ...rule,
    strategy: strategy.kind,
    price: strategy.kind === "fixed" ? strategy.price : null,
    whenAlone: whenAlone.kind,
    climb: whenAlone.kind === "climb" ? whenAlone.by : null,
  };
}

/** The rule as it would be if the draft were saved; what cannot be read counts as not typed. */
export function draftInWords(draft: RuleFormTexts, above: RuleAbove): RuleInWords {
  const base = inWords(above);
  const quantity = (unit: Unit | "", text: string): Quantity | null => {
    const value = typedNumber(text);
    return value === null ? null : { unit: unit || "tenge", value };
  };
  const number = (field: NumberField) => typedNumber(draft[field]) ?? base[field];
  return {
    strategy: draft.strategy || base.strategy,
    price: draft.strategy === "fixed" ? typedNumber(draft.fixedPrice) : base.price,
    step: quantity(draft.stepUnit, draft.stepValue) ?? base.step,
    whenAlone: draft.whenAlone || base.whenAlone,
    climb: draft.whenAlone === "climb" ? quantity(draft.climbUnit, draft.climbValue) : base.climb,
    whenFirst: draft.whenFirst || base.whenFirst,
    whenBlocked: draft.whenBlocked || base.whenBlocked,
    ignorePreorders: draft.preorders === "" ? base.ignorePreorders : draft.preorders === "ignore",
    maxDrop: number("maxDrop"),
    maxRise: number("maxRise"),
    freeze: number("freeze"),
    intervalMinutes: number("intervalMinutes"),
  };
}
