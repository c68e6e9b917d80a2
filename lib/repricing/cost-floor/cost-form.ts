import { z } from "zod";
import { tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import { isCommonEra } from "@/lib/core/time";
import { MOST_BANDS, MOST_RATES, rateKinds } from "@/lib/costs/model";
import { deliveryChoices, deliveryScopes } from "@/lib/costs/scope-model";
import {
  amountField,
  confirmField,
  rateField,
  tengeField,
  weightField,
} from "@/lib/repricing/rule/form-model";

const choice = z
  .enum(["", ...deliveryChoices])
  .default("")
  .transform((value) => value || null);

/** What may be usual for many products; an empty field is "not set". */
const expenses = {
  packaging: amountField.default(null),
  other: amountField.default(null),
  returns: amountField.default(null),
  weightGrams: weightField.default(null),
  delivery: choice,
  minProfit: amountField.default(null),
  minMargin: rateField.default(null),
};

/** The costs of a product as a page's form has them. */
export const costsForm = z.object({ cost: tengeField.default(null), ...expenses });
export type CostsFormValues = z.input<typeof costsForm>;

/** The columns of a file that hold values. */
export const sheetFields = {
  cost: tengeField,
  packaging: amountField,
  other: amountField,
  returns: amountField,
  weightGrams: weightField,
  minProfit: amountField,
  minMargin: rateField,
};

export const productCostsForm = z.object({
  productId: z.uuid(),
  costs: costsForm,
  confirm: confirmField,
});

const day = z.iso
  .date({ error: "tariff_date" })
  .refine((text) => isCommonEra(new Date(text)), { error: "tariff_date" });
const source = z
  .string()
  .overwrite(storable)
  .trim()
  .max(300)
  .default("")
  .transform((text) => text || null);
const head = { storeId: z.uuid().nullable(), validFrom: day, source };

const rate = rateField.transform((value, context) => {
  if (value !== null) return { rate: value };
  context.addIssue({ code: "custom", message: "field_empty" });
  return z.NEVER;
});

/** Rates from a day on: a commission for each category that got one, or a single rate. */
export const ratesForm = z.object({
  ...head,
  kind: z.enum(rateKinds),
  rates: z
    .array(z.object({ category: z.string().overwrite(storable).max(300), rate }))
    .min(1, { error: "field_empty" })
    .max(MOST_RATES),
});

const band = z.object({
  scope: z.enum(deliveryScopes),
  priceFrom: amountField.transform((price) => price ?? tenge(0)),
  weightTo: weightField,
  fee: amountField.transform((fee, context) => {
    if (fee === null) context.addIssue({ code: "custom", message: "field_empty" });
    return fee ?? z.NEVER;
  }),
});

/** A whole table of delivery from a day on. */
export const deliveryForm = z.object({
  ...head,
  bands: z
    .array(band)
    .min(1, { error: "field_empty" })
    .max(MOST_BANDS)
    .superRefine((bands, context) => {
      const known = new Set<string>();
      for (const [nth, { scope, priceFrom, weightTo }] of bands.entries()) {
        const key = JSON.stringify([scope, priceFrom, weightTo]);
        if (known.has(key))
          context.addIssue({ code: "custom", path: [nth, "fee"], message: "band_twice" });
        known.add(key);
      }
    })
    .transform((bands) => ({ bands })),
});

/** Expenses of every product that does not say otherwise, from a day on. */
export const usualForm = z.object({
  ...head,
  usual: z.object(expenses),
});
