import { z } from "zod";
import {
  confirmField,
  endingField,
  markupField,
  minutesField,
  moneyField,
  percentField,
  placesField,
  ratingField,
  reviewsField,
  sellersField,
  stockDaysField,
  windowsField,
} from "./form-model";
import {
  amountOf,
  conditionOf,
  lowStockOf,
  roundingOf,
  scheduleOf,
  sellersOf,
  strategyOf,
  whenAloneOf,
} from "./rule-form-parts-model";
import { ruleOverrideSchema, whenBlockedSchema, whenFirstSchema } from "./rule-model";

const unit = choice(["tenge", "percent"]);
const text = z.string().max(40).default("");

/** The rule as a page's form has it: flat, texts as typed, everything may be left empty. */
const fields = z.object({
  strategy: choice(["undercut", "match", "above", "position", "average", "fixed"]),
  place: placesField.default(null),
  averageOf: placesField.default(null),
  fixedPrice: moneyField.default(null),
  stepUnit: unit,
  stepValue: text,
  floorSource: choice(["typed", "cost"]),
  ceilingSource: choice(["typed", "cost"]),
  ceilingMarkup: markupField.default(null),
  whenAlone: choice(["hold", "ceiling", "climb"]),
  climbUnit: unit,
  climbValue: text,
  whenFirst: choice(whenFirstSchema.options),
  whenBlocked: choice(whenBlockedSchema.options),
  preorders: choice(["ignore", "count"]),
  excludeList: choice(["none", "some"]),
  excludeSellers: sellersField.default(null),
  onlyList: choice(["all", "some"]),
  onlySellers: sellersField.default(null),
  rating: choice(["any", "least"]),
  minRating: ratingField.default(null),
  reviews: choice(["any", "least"]),
  minReviews: reviewsField.default(null),
  delivery: choice(["any", "fast"]),
  outliers: choice(["count", "ignore"]),
  outlierPercent: percentField.default(null),
  rounding: choice(["1", "5", "10", "100", "ending"]),
  ending: endingField.default(null),
  maxDrop: percentField.default(null),
  maxRise: percentField.default(null),
  freeze: percentField.default(null),
  schedule: choice(["always", "hold", "ceiling"]),
  windows: windowsField.default(null),
  lowStock: choice(["ignore", "hold", "ceiling"]),
  lowStockDays: stockDaysField.default(null),
  intervalMinutes: minutesField.default(null),
});

export type Fields = z.output<typeof fields>;
export type RuleFormValues = z.input<typeof fields>;
/** The same with every field there, as text. */
export type RuleFormTexts = {
  [Field in keyof RuleFormValues]-?: Extract<RuleFormValues[Field], string>;
};

/**
 * The form of a rule: a store's default, a product's, or a city's. An empty or absent field is inherited.
 * Step and climb are ₸, or a percentage when their unit says so; a choice with a number needs it.
 */
export const ruleForm = fields
  .transform((form, context): unknown => {
    const complain = (path: keyof Fields, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const given = {
      strategy: strategyOf(form, complain),
      step: amountOf(form, "stepValue", "stepUnit", complain),
      floorFromCost: form.floorSource && form.floorSource === "cost",
      ...conditionOf(form, "ceilingSource", "cost", "ceilingMarkup", complain),
      whenAlone: whenAloneOf(form, complain),
      whenFirst: form.whenFirst,
      whenBlocked: form.whenBlocked,
      ignorePreorders: form.preorders && form.preorders === "ignore",
      ...sellersOf(form, "excludeList", "excludeSellers", "excludeRivals", complain),
      ...sellersOf(form, "onlyList", "onlySellers", "onlyRivals", complain),
      ...conditionOf(form, "rating", "least", "minRating", complain),
      ...conditionOf(form, "reviews", "least", "minReviews", complain),
      fastAsOurs: form.delivery && form.delivery === "fast",
      ...conditionOf(form, "outliers", "ignore", "outlierPercent", complain),
      rounding: roundingOf(form, complain),
      maxDrop: form.maxDrop ?? undefined,
      maxRise: form.maxRise ?? undefined,
      freeze: form.freeze ?? undefined,
      ...scheduleOf(form, complain),
      ...lowStockOf(form, complain),
      intervalMinutes: form.intervalMinutes ?? undefined,
    };
    return Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== "" && value !== undefined),
    );
  })
  .pipe(ruleOverrideSchema);

export const storeRuleForm = z.object({
  storeId: z.uuid(),
  rule: ruleForm,
  /** The person has seen what it makes of floors. */
  confirm: confirmField,
});

/** One of a list. The empty choice means: as the rule above says. */
function choice<const Values extends readonly string[]>(values: Values) {
  return z.enum(["", ...values] as ["", ...Values]).default("");
}
