import { z } from "zod";
import { HIGHEST_PRICE, LOWEST_KASPI_PRICE, type Tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import type { preorders } from "@/lib/db/schema/preorders";

export type Preorder = typeof preorders.$inferSelect;
export type PreorderStatus = Preorder["status"];
export type Ending = NonNullable<Preorder["ending"]>;

/** Kaspi takes no more days (protocol J). */
export const LONGEST_LEAD = 30;
export const MOST_PIECES = 100_000;
/** Of one request: more are made or sent in several. */
export const MOST_AT_ONCE = 500;
const MOST_POINTS = 100;

/** A point as a preorder has it: how many pieces are to come there. */
export type PointQuantity = { pointId: string; quantity: number };

export const leadDaysSchema = z
  .int({ error: "not_lead_days" })
  .min(0, { error: "not_lead_days" })
  .max(LONGEST_LEAD, { error: "not_lead_days" });

export const quantitySchema = z
  .int({ error: "not_a_quantity" })
  .min(0, { error: "not_a_quantity" })
  .max(MOST_PIECES, { error: "not_a_quantity" });

export const pointsSchema = z
  .array(z.strictObject({ pointId: z.string().min(1).max(100), quantity: quantitySchema }))
  .max(MOST_POINTS)
  .refine((points) => points.some(({ quantity }) => quantity > 0), { error: "preorder_no_points" });

export const preorderPriceSchema = z
  .int({ error: "not_a_number" })
  .min(LOWEST_KASPI_PRICE, { error: "price_below_minimum" })
  .max(HIGHEST_PRICE, { error: "number_too_large" })
  .transform((price) => price as Tenge);

const name = (most: number) => z.string().overwrite(storable).trim().min(1).max(most);
export const preorderNameSchema = name(500);
export const preorderBrandSchema = name(200);

/** What a person may change of an open preorder; what is absent stays. */
export const preorderChangesSchema = z.strictObject({
  leadDays: leadDaysSchema.optional(),
  points: pointsSchema.optional(),
  price: preorderPriceSchema.optional(),
  name: preorderNameSchema.optional(),
  brand: preorderBrandSchema.nullable().optional(),
});
export type PreorderChanges = z.output<typeof preorderChangesSchema>;

/** Why a product gets no preorder. Texts: `preorders.left.<why>`. */
export const leftOutReasons = [
  "other_store",
  "read_only",
  "has_open",
  "gone",
  "no_price",
  "price_below_minimum",
] as const;
export type LeftOut = (typeof leftOutReasons)[number];

/** A pickup point to choose. */
export type StorePoint = { pointId: string; label: string; cityName: string };

/** What would come of making preorders of the chosen products in a store. */
export type PreorderPreview = {
  stores: { id: string; name: string; count: number }[];
  storeId: string;
  points: StorePoint[];
  makes: number;
  left: { why: LeftOut; count: number; names: string[] }[];
};
