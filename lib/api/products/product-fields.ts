import { z } from "zod";
import { HIGHEST_PRICE, LOWEST_KASPI_PRICE, tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import { amountSchema, strategySchema } from "@/lib/repricing/rule/rule-model";
import { idField } from "../request-fields";

const text = (most: number) => z.string().overwrite(storable).trim().min(1).max(most);
const limit = z.int().min(LOWEST_KASPI_PRICE).max(HIGHEST_PRICE).transform(tenge).nullable();

/** What a program may set of any product; null clears. */
const wishes = {
  min_price: limit.optional().describe("Floor of all cities, ₸"),
  max_price: limit.optional().describe("Ceiling of all cities, ₸"),
  cost: z.int().min(1).max(HIGHEST_PRICE).transform(tenge).nullable().optional(),
  strategy: strategySchema.nullable().optional().describe("null: as in the store's rule"),
  step: amountSchema.nullable().optional().describe("null: as in the store's rule"),
  bot_active: z.boolean().optional(),
  confirm: z
    .boolean()
    .default(false)
    .describe("It is known that the floor is under half of the price"),
};

/** A price goes through its gate and is told what became of it: not a field that is set. */
const price = z.undefined({ error: "price_elsewhere" }).optional();

export const productChanges = z.strictObject({ ...wishes, price });
export type ProductChanges = z.output<typeof productChanges>;

export const newProduct = z.strictObject({
  store_id: idField,
  kaspi_sku: text(100).describe("The seller's article"),
  external_kaspi_id: text(50)
    .regex(/^[0-9A-Za-z]+$/, { error: "card_id" })
    .nullable()
    .default(null)
    .describe("The public card"),
  name: text(500),
  brand: text(200).nullable().default(null),
  category: text(200).nullable().default(null),
  image_url: z
    .url({ protocol: /^https?$/ })
    .overwrite(storable)
    .max(1000)
    .nullable()
    .default(null),
  ...wishes,
  price,
});
