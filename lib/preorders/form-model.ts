import { z } from "zod";
import { selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { confirmField, moneyField } from "@/lib/repricing/rule/form-model";
import { leadDaysSchema, pointsSchema, quantitySchema } from "./model";

/** A whole number as it is typed: `1 200` or 1200; anything else is none. */
const typed = z.union([z.string().max(40), z.number()]).transform((raw) => {
  const text = String(raw).replace(/[\s\u00a0\u202f]/g, "");
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
});
const emptyIsNone = z.preprocess(
  (raw) => (typeof raw === "string" && raw.trim() === "" ? "0" : raw),
  typed.pipe(quantitySchema),
);

const leadDays = typed.pipe(leadDaysSchema);
/** An empty field takes no part. */
const points = z
  .array(z.object({ pointId: z.string().min(1).max(100), quantity: emptyIsNone }))
  .max(100)
  .pipe(pointsSchema);

/** Which products, in which store; null: that of most of them. `price`: of those Kaspi shows none of. */
export const previewForm = z.object({
  selection: selectionSchema,
  storeId: z.uuid().nullable(),
  price: moneyField,
});

export const newPreordersForm = previewForm.extend({
  storeId: z.uuid(),
  leadDays,
  points,
  /** Whether they go out to Kaspi at once. */
  send: z.boolean(),
});

export const preorderForm = z.object({
  preorderId: z.uuid(),
  leadDays,
  points,
  price: moneyField,
  confirm: confirmField,
});

export const endForm = z.object({
  preorderId: z.uuid(),
  how: z.enum(["cancelled", "completed"]),
});

export const sendForm = z.object({
  preorderIds: z.array(z.uuid()).min(1).max(500),
  confirm: z.boolean(),
});
