import { z } from "zod";
import { minutesField, moneyField, percentField, tengeField } from "./form-model";
import { ruleOverrideSchema, whenBlockedSchema, whenFirstSchema } from "./model";

const unit = choice(z.enum(["tenge", "percent"]));

const fields = z.object({
  strategy: choice(z.enum(["undercut", "match", "fixed"])),
  fixedPrice: moneyField.optional(),
  step: z.string().optional(),
  stepUnit: unit,
  whenAlone: choice(z.enum(["hold", "ceiling", "climb"])),
  climb: z.string().optional(),
  climbUnit: unit,
  whenFirst: choice(whenFirstSchema),
  whenBlocked: choice(whenBlockedSchema),
  ignorePreorders: choice(z.enum(["yes", "no"])),
  maxDrop: percentField.optional(),
  maxRise: percentField.optional(),
  freeze: percentField.optional(),
  intervalMinutes: minutesField.optional(),
});

type Fields = z.infer<typeof fields>;
type Complain = (path: keyof Fields, message: string) => void;

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
      step: amountOf(form, "step", "stepUnit", complain),
      whenAlone: whenAloneOf(form, complain),
      whenFirst: form.whenFirst,
      whenBlocked: form.whenBlocked,
      ignorePreorders: form.ignorePreorders && form.ignorePreorders === "yes",
      maxDrop: form.maxDrop ?? undefined,
      maxRise: form.maxRise ?? undefined,
      freeze: form.freeze ?? undefined,
      intervalMinutes: form.intervalMinutes ?? undefined,
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  })
  .pipe(ruleOverrideSchema);

/** One of a list. The empty choice means: as the rule above says. */
function choice<Value extends z.ZodType>(value: Value) {
  return z.union([z.literal("").transform(() => undefined), value]).optional();
}

function strategyOf(form: Fields, complain: Complain) {
  if (form.strategy !== "fixed") return form.strategy && { kind: form.strategy };
  if (!form.fixedPrice) complain("fixedPrice", "field_empty");
  return { kind: form.strategy, price: form.fixedPrice };
}

function whenAloneOf(form: Fields, complain: Complain) {
  if (form.whenAlone !== "climb") return form.whenAlone && { kind: form.whenAlone };
  const by = amountOf(form, "climb", "climbUnit", complain);
  if (!by) complain("climb", "field_empty");
  return { kind: form.whenAlone, by };
}

function amountOf(
  form: Fields,
  name: "step" | "climb",
  unitName: "stepUnit" | "climbUnit",
  complain: Complain,
) {
  const unit = form[unitName] ?? "tenge";
  const read = (unit === "percent" ? percentField : tengeField).safeParse(form[name] ?? null);
  for (const issue of read.error?.issues ?? []) complain(name, issue.message);
  return read.data ? { unit, value: read.data } : undefined;
}
