import type { RuleFormTexts } from "./rule-form-model";
import type { RuleOverride } from "./rule-model";
import { textOfWindows } from "./schedule-text-rules";

/** An override as the form shows it. */
export function ruleFormValues(rule: RuleOverride): RuleFormTexts {
  const { step, whenAlone } = rule;
  const climb = whenAlone?.kind === "climb" ? whenAlone.by : null;
  return {
    ...strategyTexts(rule),
    stepUnit: step?.unit ?? "",
    stepValue: shown(step?.value),
    floorSource: either(rule.floorFromCost, "cost", "typed"),
    ceilingSource: asked(rule.ceilingMarkup, "cost", "typed"),
    ceilingMarkup: shown(rule.ceilingMarkup),
    whenAlone: whenAlone?.kind ?? "",
    climbUnit: climb?.unit ?? "",
    climbValue: shown(climb?.value),
    whenFirst: rule.whenFirst ?? "",
    whenBlocked: rule.whenBlocked ?? "",
    preorders: either(rule.ignorePreorders, "ignore", "count"),
    ...sellerTexts(rule),
    rating: asked(rule.minRating, "least", "any"),
    minRating: shown(rule.minRating),
    reviews: asked(rule.minReviews, "least", "any"),
    minReviews: shown(rule.minReviews),
    delivery: either(rule.fastAsOurs, "fast", "any"),
    outliers: asked(rule.outlierPercent, "ignore", "count"),
    outlierPercent: shown(rule.outlierPercent),
    ...roundingTexts(rule),
    maxDrop: shown(rule.maxDrop),
    maxRise: shown(rule.maxRise),
    freeze: shown(rule.freeze),
    schedule: rule.schedule === undefined ? "" : (rule.schedule?.outside ?? "always"),
    windows: textOfWindows(rule.schedule?.windows ?? []),
    lowStock: rule.lowStock === undefined ? "" : (rule.lowStock?.price ?? "ignore"),
    lowStockDays: shown(rule.lowStock?.days),
    intervalMinutes: shown(rule.intervalMinutes),
  };
}

function strategyTexts({ strategy }: RuleOverride) {
  return {
    strategy: strategy?.kind ?? "",
    place: shown(strategy?.kind === "position" && strategy.place),
    averageOf: shown(strategy?.kind === "average" && strategy.of),
    fixedPrice: shown(strategy?.kind === "fixed" && strategy.price),
  } as const;
}

function roundingTexts({ rounding }: RuleOverride) {
  if (!rounding) return { rounding: "", ending: "" } as const;
  if (rounding.kind === "to") return { rounding: `${rounding.value}`, ending: "" } as const;
  return { rounding: "ending", ending: String(rounding.value) } as const;
}

function sellerTexts({ excludeRivals, onlyRivals }: RuleOverride) {
  return {
    excludeList: listed(excludeRivals, "none"),
    excludeSellers: (excludeRivals ?? []).join(" "),
    onlyList: listed(onlyRivals, "all"),
    onlySellers: (onlyRivals ?? []).join(" "),
  } as const;
}

function listed<Empty extends string>(sellers: readonly string[] | undefined, empty: Empty) {
  if (sellers === undefined) return "";
  return sellers.length > 0 ? "some" : empty;
}

const shown = (value: number | false | null | undefined) =>
  value === undefined || value === null || value === false ? "" : String(value);

function either<Yes extends string, No extends string>(is: boolean | undefined, yes: Yes, no: No) {
  return is === undefined ? "" : is ? yes : no;
}

function asked<Yes extends string, No extends string>(
  value: number | null | undefined,
  yes: Yes,
  no: No,
) {
  return value === undefined ? "" : value === null ? no : yes;
}
