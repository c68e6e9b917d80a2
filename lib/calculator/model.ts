import { z } from "zod";
import type { Tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import { type Costs, noCosts } from "@/lib/costs/model";
import { deliveryChoices } from "@/lib/costs/scope-model";
import {
  amountField,
  moneyField,
  rateField,
  tengeField,
  weightField,
} from "@/lib/repricing/rule/form-model";
import { type FieldName, fieldNames, type Texts } from "./field-model";

const choice = z
  .enum(["", ...deliveryChoices])
  .catch("")
  .transform((value) => value || null);
const word = z
  .string()
  .transform((text) => text || null)
  .catch(null);

const fields = {
  price: moneyField,
  cost: tengeField,
  packaging: amountField,
  other: amountField,
  returns: amountField,
  weight: weightField,
  delivery: choice,
  fee: amountField,
  commission: rateField,
  pay: rateField,
  tax: rateField,
  profit: amountField,
  margin: rateField,
  category: word,
  store: z
    .uuid()
    .nullable()
    .catch(null)
    .transform((id) => id || null),
} satisfies Record<FieldName, z.ZodType>;

const LONGEST = 200;
const text = z.string().overwrite(storable).trim().max(LONGEST);

/** What stands in the fields, by their names; an empty one is left out. */
export const textsSchema = z
  .partialRecord(z.enum(fieldNames), text)
  .transform(
    (texts): Texts => Object.fromEntries(Object.entries(texts).filter(([, value]) => value)),
  );

/** The fields in an address; what is none is left out. */
export function textsIn(asked: Record<string, string | string[] | undefined>): Texts {
  const known = fieldNames.flatMap((name) => {
    const { data } = text.safeParse(asked[name]);
    return data ? [[name, data] as const] : [];
  });
  return Object.fromEntries(known);
}

/** What the fields say. */
export type Said = {
  price: Tenge | null;
  costs: Costs;
  /** Instead of the tariff, ₸. */
  fee: Tenge | null;
  /** Instead of the tariffs, hundredths of a percent. */
  rates: { commission: number | null; kaspi_pay: number | null; tax: number | null };
  category: string | null;
  storeId: string | null;
  /** The fields that cannot be read, with the key of the error; they count as empty. */
  problems: Partial<Record<FieldName, string>>;
};

export function readTexts(texts: Texts): Said {
  const problems: Said["problems"] = {};
  function read<Name extends FieldName>(name: Name): z.output<(typeof fields)[Name]> | null {
    const result = fields[name].safeParse(texts[name] ?? "");
    if (result.success) return result.data as z.output<(typeof fields)[Name]>;
    problems[name] = result.error.issues[0]?.message ?? "invalid";
    return null;
  }
  return {
    price: read("price"),
    costs: {
      ...noCosts,
      cost: read("cost"),
      packaging: read("packaging"),
      other: read("other"),
      returns: read("returns"),
      weightGrams: read("weight"),
      delivery: read("delivery"),
      minProfit: read("profit"),
      minMargin: read("margin"),
    },
    fee: read("fee"),
    rates: { commission: read("commission"), kaspi_pay: read("pay"), tax: read("tax") },
    category: read("category"),
    storeId: read("store"),
    problems,
  };
}

/** A calculation is called something. */
export const nameField = z
  .string({ error: "field_empty" })
  .overwrite(storable)
  .trim()
  .min(1, { error: "field_empty" })
  .max(120, { error: "text_too_long" });
