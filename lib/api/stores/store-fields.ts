import { z } from "zod";
import { storable } from "@/lib/core/text";
import { renameSchema, storeTokenSchema } from "@/lib/stores/model";
import { listQuery } from "../list-answer";
import { idField, ownerField, searchField, yesNo } from "../request-fields";
import { orderings } from "./store-queries";

export const storesQuery = z.strictObject({
  ...listQuery(orderings),
  user_id: idField.optional(),
  is_active: yesNo.optional(),
  search: searchField.optional().describe("Part of the name, or the merchant's number"),
});

export const newStoreFields = z.strictObject({
  merchant_id: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,100}$/, { error: "merchant_id_invalid" })
    .describe("Kaspi's number of the seller"),
  name: z
    .string()
    .overwrite(storable)
    .trim()
    .min(1, { error: "field_empty" })
    .max(100, { error: "name_long" }),
  user_id: ownerField,
});

export const storeChanges = z.strictObject({
  name: renameSchema.shape.name.optional().describe("An empty one brings Kaspi's own back"),
  is_active: z.boolean().optional().describe("false: nothing of the store is read or sent"),
  api_token: storeTokenSchema.shape.token
    .nullable()
    .optional()
    .describe("Of Kaspi's official API; kept only when Kaspi takes it. null forgets it"),
});
export type StoreChanges = z.output<typeof storeChanges>;
