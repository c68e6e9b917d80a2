import { z } from "zod";
import type { Tenge } from "@/lib/core/money";
import { type ProductChoice, productChoiceSchema } from "@/lib/products/model";
import type { MarketForecast } from "@/lib/repricing/forecast/forecast-model";
import {
  confirmField,
  moneyField,
  percentField,
  shareField,
  tengeField,
} from "@/lib/repricing/rule/form-model";
import { ruleForm } from "@/lib/repricing/rule/rule-form-model";
import {
  amountSchema,
  priceSchema,
  type RuleOverride,
  ruleOverrideSchema,
} from "@/lib/repricing/rule/rule-model";

const MOST_IDS = 5_000;

/**
 * A page forgives an address what it cannot understand and shows more; a change of all that is shown
 * must not: whatever is given has to be understood.
 */
const choiceSchema = z
  .record(z.string(), z.unknown())
  .transform((given, context): ProductChoice => {
    const choice = productChoiceSchema.parse(given);
    const meant: Record<string, unknown> = choice;
    for (const [name, value] of Object.entries(given))
      if (value !== undefined && String(value).trim() !== String(meant[name]))
        context.addIssue({ code: "custom", path: [name], message: "invalid" });
    return choice;
  });

/** Which products: the ticked ones, or all that the list's address means but for some. */
export const selectionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ids"), ids: z.array(z.uuid()).min(1).max(MOST_IDS) }),
  z.strictObject({
    kind: z.literal("filter"),
    choice: choiceSchema,
    except: z.array(z.uuid()).max(MOST_IDS),
  }),
]);
export type Selection = z.output<typeof selectionSchema>;
export type SelectionInput = z.input<typeof selectionSchema>;

/** ₸, or a share of each product's price; `null` clears the limit. */
const limitSchema = z
  .discriminatedUnion("unit", [
    z.strictObject({ unit: z.literal("tenge"), value: priceSchema }),
    z.strictObject({ unit: z.literal("percent"), value: z.number().gt(0).max(1000) }),
  ])
  .nullable();

/** One change for many products. `null`: as in the store's rule. */
export const bulkChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bot"), enabled: z.boolean() }),
  z.strictObject({ kind: z.literal("floor"), to: limitSchema }),
  z.strictObject({ kind: z.literal("ceiling"), to: limitSchema }),
  z.strictObject({ kind: z.literal("step"), step: amountSchema.nullable() }),
  z.strictObject({
    kind: z.literal("strategy"),
    strategy: z.enum(["undercut", "match", "above"]).nullable(),
  }),
  z.strictObject({ kind: z.literal("floorFromCost"), on: z.boolean().nullable() }),
  /** Any fields of a rule; those that are absent stay as each product has them. */
  z.strictObject({ kind: z.literal("rule"), rule: ruleOverrideSchema }),
  /** The whole rule as another product has it, or, from none, as their store has it. */
  z.strictObject({
    kind: z.literal("copy"),
    from: z.uuid().nullable(),
    rule: ruleOverrideSchema.default({}),
  }),
]);
export type BulkChange = z.output<typeof bulkChangeSchema>;
export type BulkKind = BulkChange["kind"];

const amount = { unit: z.enum(["tenge", "percent", "clear"]), value: z.string().max(40) };

const onOrOff = { on: true, off: false, "": null };

/** The same as a page's form has it: a text and its unit, or `clear`. */
export const bulkChangeForm = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("bot"), enabled: z.boolean() }),
    z.object({ kind: z.enum(["floor", "ceiling", "step"]), ...amount }),
    z.object({ kind: z.literal("strategy"), value: z.enum(["", "undercut", "match", "above"]) }),
    z.object({ kind: z.literal("floorFromCost"), value: z.enum(["", "on", "off"]) }),
    z.object({ kind: z.literal("rule"), rule: ruleForm }),
    z.object({ kind: z.literal("copy"), from: z.uuid().nullable() }),
  ])
  .transform((form, context): unknown => {
    if (form.kind === "bot" || form.kind === "rule" || form.kind === "copy") return form;
    if (form.kind === "strategy") return { kind: form.kind, strategy: form.value || null };
    if (form.kind === "floorFromCost") return { kind: form.kind, on: onOrOff[form.value] };
    const isStep = form.kind === "step";
    if (form.unit === "clear")
      return isStep ? { kind: form.kind, step: null } : { kind: form.kind, to: null };
    const percent = isStep ? percentField : shareField;
    const whole = isStep ? tengeField : moneyField;
    const read = (form.unit === "percent" ? percent : whole).safeParse(form.value);
    const problem = read.error?.issues[0]?.message ?? (read.data ? null : "field_empty");
    if (problem) context.addIssue({ code: "custom", path: ["value"], message: problem });
    const given = { unit: form.unit, value: read.data };
    return isStep ? { kind: form.kind, step: given } : { kind: form.kind, to: given };
  })
  .pipe(bulkChangeSchema);
export type BulkChangeInput = z.input<typeof bulkChangeForm>;

export const bulkRequest = z.object({
  selection: selectionSchema,
  change: bulkChangeForm,
  confirm: confirmField,
  /** How many products the preview counted: more of them than were shown are not changed. */
  seen: z.int().min(0).optional(),
});

/** What a change of this kind may touch of a product. */
export type SellerState = {
  botEnabled: boolean;
  floor: Tenge | null;
  ceiling: Tenge | null;
  anchor: Tenge | null;
  /** Null: what is stored is of no version we know. */
  rule: RuleOverride | null;
};

/** Why a product is left alone. */
export const bulkWhys = [
  "bot_needs_floor",
  "costs_missing",
  "floor_above_ceiling",
  "floor_far_below_price",
  "price_below_minimum",
  "price_unknown",
  "rule_unreadable",
  "read_only",
  "changed_since",
] as const;
export type BulkWhy = (typeof bulkWhys)[number];

/** How far a price may go at the worst, with the product it would happen to. */
export type WorstCase = { name: string; price: Tenge; limit: Tenge; percent: number };

export type BulkPreview = {
  total: number;
  changes: number;
  same: number;
  /** Of the changes: floors under half of the price. Left alone unless confirmed. */
  doubtful: number;
  /** Of the changes: not on sale now, so their prices do not move yet. */
  offSale: number;
  skipped: { why: BulkWhy; count: number }[];
  worst: WorstCase | null;
  /** The same with the doubtful floors confirmed. */
  worstConfirmed: WorstCase | null;
  /** What the changes make of prices on the market as last seen; doubtful ones only when confirmed. */
  market: MarketForecast;
};
