import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import {
  leadDaysSchema,
  type PointQuantity,
  preorderBrandSchema,
  preorderNameSchema,
  preorderPriceSchema,
  quantitySchema,
} from "@/lib/preorders/model";
import { pointOfTable, TABLE_POINTS } from "@/lib/preorders/points-model";
import { idField } from "../request-fields";
import { apiStatuses } from "./preorder-answer";

const warehouses = z
  .array(z.strictObject({ id: z.int().min(1).max(TABLE_POINTS), quantity: quantitySchema }))
  .max(TABLE_POINTS)
  .describe("The points PP1 to PP5");
const points = z
  .array(z.strictObject({ point_id: z.string().min(1).max(100), quantity: quantitySchema }))
  .max(100)
  .describe("Points by their ids, instead of `warehouses`");

const confirm = z
  .boolean()
  .default(false)
  .describe("It is known that the price is far from the present one");

export const newPreorder = z.strictObject({
  store_id: idField,
  product_id: idField,
  article: z.string().max(100).optional().describe("If given, the product's own"),
  name: preorderNameSchema.optional().describe("Default: the product's"),
  brand: preorderBrandSchema.nullable().optional().describe("Default: the product's"),
  price: preorderPriceSchema.optional().describe("₸; default: what Kaspi shows"),
  warehouses: warehouses.optional(),
  points: points.optional(),
  delivery_days: leadDaysSchema,
  status: z.literal("processing", { error: "preorder_status" }).optional(),
});

export const preorderChanges = z.strictObject({
  name: preorderNameSchema.optional(),
  brand: preorderBrandSchema.nullable().optional(),
  price: preorderPriceSchema.optional(),
  warehouses: warehouses.optional(),
  points: points.optional(),
  delivery_days: leadDaysSchema.optional(),
  status: z
    .enum(apiStatuses, { error: "preorder_status" })
    .optional()
    .describe("`cancelled` puts everything back, `completed` says that the goods have come"),
  confirm,
});

type Named = {
  warehouses?: z.output<typeof warehouses> | undefined;
  points?: z.output<typeof points> | undefined;
};

/** The points that a request means; undefined: it names none. Throws `invalid` when it names them twice. */
export function pointsIn(
  { warehouses: five, points: any }: Named,
  merchantId: string,
): PointQuantity[] | undefined {
  if (five && any)
    throw new AppError("invalid", "preorder_points_unclear", {
      details: [{ path: "warehouses", message: "preorder_points_unclear" }],
    });
  if (any) return any.map(({ point_id: pointId, quantity }) => ({ pointId, quantity }));
  return five?.map(({ id, quantity }) => ({ pointId: pointOfTable(id, merchantId), quantity }));
}
