import { z } from "zod";

/** No shop has more of one thing, and an integer holds it. */
export const MOST_STOCK = 1_000_000;

/** Kaspi's full id of a point. */
const pointIdField = z.string().regex(/^[\w.-]{1,64}$/);

/** `12` or `2.0`, as Kaspi writes it → a whole number; an empty field → null: not kept here. */
export const stockCountField = z
  .string()
  .regex(/^[\d\s.]{0,40}$/, { error: "not_a_stock" })
  .transform((text, context): number | null => {
    const plain = text.replace(/\s/g, "");
    if (plain === "") return null;
    const count = /^\d{1,7}(\.0+)?$/.test(plain) ? Number(plain) : -1;
    if (count >= 0 && count <= MOST_STOCK) return count;
    context.addIssue({ code: "custom", message: "not_a_stock" });
    return z.NEVER;
  });

/** How many of a product are at some of its store's points. */
export const productStocksSchema = z.object({
  productId: z.uuid(),
  counts: z
    .array(z.object({ pointId: pointIdField, count: stockCountField }))
    .min(1)
    .max(200),
});
export type ProductStocks = z.output<typeof productStocksSchema>;
