import { z } from "zod";
import { minutesField, moneyField, percentField, placesField, tengeField } from "./form-model";
import {
  type RuleOverride,
  ruleOverrideSchema,
  whenBlockedSchema,
  whenFirstSchema,
} from "./rule-model";

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
  whenAlone: choice(["hold", "ceiling", "climb"]),
  climbUnit: unit,
  climbValue: text,
  whenFirst: choice(whenFirstSchema.options),
  whenBlocked: choice(whenBlockedSchema.options),
  preorders: choice(["ignore", "count"]),
  maxDrop: percentField.default(null),
  maxRise: percentField.default(null),
  freeze: percentField.default(null),
  intervalMinutes: minutesField.default(null),
});

type Fields = z.output<typeof fields>;
type Complain = (path: keyof Fields, message: string) => void;
export type RuleFormValues = z.input<typeof fields>;
/** The same with every field there, as text. */
export type RuleFormTexts = {
  [Field in keyof RuleFormValues]-?: Extract<RuleFormValues[Field], string>;
};

/**
 * The form of a rule: a product's, or a store's default. An empty or absent field is inherited.
 * Step and climb are ₸, or a percentage when their unit says so; "fixed" and "climb" need their number.
 */
export const ruleForm = fields
  .transform((form, context): unknown => {
    const complain: Complain = (path, message) =>
      context.addIssue({ code: "custom", path: [path], message });
    const given = {
      strategy: strategyOf(form, complain),
      step: amountOf(form, "stepValue", "stepUnit", complain),
      whenAlone: whenAloneOf(form, complain),
      whenFirst: form.whenFirst,
      whenBlocked: form.whenBlocked,
      ignorePreorders: form.preorders && form.preorders === "ignore",
      maxDrop: form.maxDrop,
      maxRise: form.maxRise,
      freeze: form.freeze,
      intervalMinutes: form.intervalMinutes,
    };
    return Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== "" && value !== null),
    );
  })
  .pipe(ruleOverrideSchema);

export const storeRuleForm = z.object({ storeId: z.uuid(), rule: ruleForm });

/** One of a list. The empty choice means: as the rule above says. */
function choice<const Values extends readonly string[]>(values: Values) {
  return z.enum(["", ...values] as ["", ...Values]).default("");
}

function strategyOf(form: Fields, complain: Complain) {
  const demanded = <Value>(field: keyof Fields, value: Value | null) => {
    if (value === null) complain(field, "field_empty");
    return value;
  };
  switch (form.strategy) {
    case "position":
      return { kind: form.strategy, place: demanded("place", form.place) };
    case "average":
      return { kind: form.strategy, of: demanded("averageOf", form.averageOf) };
    case "fixed":
      return { kind: form.strategy, price: demanded("fixedPrice", form.fixedPrice) };
    default:
      return form.strategy && { kind: form.strategy };
  }
}

function whenAloneOf(form: Fields, complain: Complain) {
  if (form.whenAlone !== "climb") return form.whenAlone && { kind: form.whenAlone };
  const by = amountOf(form, "climbValue", "climbUnit", complain);
  if (!by) complain("climbValue", "field_empty");
  return { kind: form.whenAlone, by };
}

function amountOf(
  form: Fields,
  name: "stepValue" | "climbValue",
  unitName: "stepUnit" | "climbUnit",
  complain: Complain,
) {
  const unit = form[unitName] || "tenge";
  const read = (unit === "percent" ? percentField : tengeField).safeParse(form[name]);
  for (const issue of read.error?.issues ?? []) complain(name, issue.message);
  return read.data ? { unit, value: read.data } : null;
}

/** An override as the form shows it. */
export function ruleFormValues(rule: RuleOverride): RuleFormTexts {
  const { strategy, step, whenAlone } = rule;
  const climb = whenAlone?.kind === "climb" ? whenAlone.by : null;
  const shown = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    strategy: strategy?.kind ?? "",
    place: strategy?.kind === "position" ? String(strategy.place) : "",
    averageOf: strategy?.kind === "average" ? String(strategy.of) : "",
    fixedPrice: strategy?.kind === "fixed" ? String(strategy.price) : "",
    stepUnit: step?.unit ?? "",
    stepValue: shown(step?.value),
    whenAlone: whenAlone?.kind ?? "",
    climbUnit: climb?.unit ?? "",
    climbValue: shown(climb?.value),
    whenFirst: rule.whenFirst ?? "",
    whenBlocked: rule.whenBlocked ?? "",
    preorders: rule.ignorePreorders === undefined ? "" : rule.ignorePreorders ? "ignore" : "count",
    maxDrop: shown(rule.maxDrop),
    maxRise: shown(rule.maxRise),
    freeze: shown(rule.freeze),
    intervalMinutes: shown(rule.intervalMinutes),
  };
}
