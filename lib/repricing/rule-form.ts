import { z } from "zod";
import { minutesField, percentField, priceField, tengeField } from "./form-model";
import {
  type Amount,
  type RuleOverride,
  type WhenAlone,
  whenBlockedSchema,
  whenFirstSchema,
} from "./model";

/** An empty choice means: as the rule above says. */
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.union([z.enum(values), z.literal("")]).default("");

const units = choice(["tenge", "percent"]);
const text = z.string().max(40).default("");

/** The rule as a page's form has it: flat, texts as typed, everything may be left empty. */
const fields = z.object({
  strategy: choice(["undercut", "match", "fixed"]),
  fixedPrice: text,
  stepUnit: units,
  stepValue: text,
  whenAlone: choice(["hold", "ceiling", "climb"]),
  climbUnit: units,
  climbValue: text,
  whenFirst: choice(whenFirstSchema.options as ["hold", "raise"]),
  whenBlocked: choice(whenBlockedSchema.options as ["floor", "next_place", "ceiling", "hold"]),
  preorders: choice(["ignore", "count"]),
  maxDrop: percentField.default(null),
  maxRise: percentField.default(null),
  freeze: percentField.default(null),
  intervalMinutes: minutesField.default(null),
});

type Fields = z.output<typeof fields>;
export type RuleFormValues = z.input<typeof fields>;
/** The same with every field there, as text. */
export type RuleFormTexts = {
  [Field in keyof RuleFormValues]-?: Extract<RuleFormValues[Field], string>;
};

export const ruleForm = fields.transform(toOverride);
export const storeRuleForm = z.object({ storeId: z.uuid(), rule: ruleForm });

function toOverride(form: Fields, context: z.RefinementCtx): RuleOverride {
  const read = <S extends z.ZodType>(schema: S, path: keyof Fields): z.output<S> | undefined => {
    const result = schema.safeParse(form[path]);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      context.addIssue({ code: "custom", message: issue.message, path: [path] });
    return undefined;
  };
  const amount = (unit: "stepUnit" | "climbUnit", value: "stepValue" | "climbValue") => {
    const schema = form[unit] === "percent" ? needed(percentField) : needed(tengeField);
    const read_ = read(schema, value);
    return read_ === undefined
      ? undefined
      : ({ unit: form[unit] || "tenge", value: read_ } as Amount);
  };
  const fixed = form.strategy === "fixed" ? read(priceField, "fixedPrice") : undefined;
  const step = form.stepUnit === "" ? undefined : amount("stepUnit", "stepValue");
  const climb = form.whenAlone === "climb" ? amount("climbUnit", "climbValue") : undefined;
  return {
    ...(form.strategy === "fixed" &&
      fixed !== undefined && { strategy: { kind: "fixed", price: fixed } }),
    ...((form.strategy === "undercut" || form.strategy === "match") && {
      strategy: { kind: form.strategy },
    }),
    ...(step && { step }),
    ...whenAloneOf(form, climb),
    ...(form.whenFirst && { whenFirst: form.whenFirst }),
    ...(form.whenBlocked && { whenBlocked: form.whenBlocked }),
    ...(form.preorders && { ignorePreorders: form.preorders === "ignore" }),
    ...(form.maxDrop !== null && { maxDrop: form.maxDrop }),
    ...(form.maxRise !== null && { maxRise: form.maxRise }),
    ...(form.freeze !== null && { freeze: form.freeze }),
    ...(form.intervalMinutes !== null && { intervalMinutes: form.intervalMinutes }),
  };
}

function whenAloneOf(form: Fields, climb: Amount | undefined): { whenAlone?: WhenAlone } {
  if (form.whenAlone === "hold" || form.whenAlone === "ceiling")
    return { whenAlone: { kind: form.whenAlone } };
  return climb ? { whenAlone: { kind: "climb", by: climb } } : {};
}

const needed = <S extends z.ZodType>(field: S) =>
  field.refine((value) => value !== null, { error: "field_empty" });

/** An override as the form shows it. */
export function ruleFormValues(rule: RuleOverride): RuleFormTexts {
  const { strategy, step, whenAlone } = rule;
  const climb = whenAlone?.kind === "climb" ? whenAlone.by : null;
  const shown = (value: number | undefined) => (value === undefined ? "" : String(value));
  return {
    strategy: strategy?.kind ?? "",
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
