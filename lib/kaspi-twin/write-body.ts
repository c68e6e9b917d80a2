import { z } from "zod";
import { isCity } from "@/lib/kaspi-twin/cities";

/** Kaspi refuses prices below 10 tenge. */
const price = z.int().min(10).max(100_000_000);

const availability = z.looseObject({
  available: z.enum(["yes", "no"]),
  storeId: z.string().min(1),
  stockCount: z.int().min(0).nullable().optional(),
  preOrder: z.int().min(0).max(30).nullable().optional(),
});

const item = z.looseObject({
  merchantUid: z.string().min(1),
  sku: z.string().min(1),
  model: z.string().nullable().optional(),
  price: price.optional(),
  preOrder: z.int().min(0).max(30).optional(),
  availabilities: z.array(availability).optional(),
  cityPrices: z
    .array(z.object({ cityId: z.string().refine(isCity), value: price }))
    .min(1)
    .nullable()
    .optional(),
});

export type WriteItem = z.infer<typeof item>;

/** The items of a write, or null when Kaspi would answer 400. */
export function writeItems(body: unknown, batch: boolean): WriteItem[] | null {
  const result = (batch ? z.array(item).min(1) : item).safeParse(body);
  if (!result.success) return null;
  return Array.isArray(result.data) ? result.data : [result.data];
}
