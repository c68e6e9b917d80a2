import { z } from "zod";
import { storable } from "@/lib/core/text";
import { periodSchema, salesDimensions } from "./model";
import { productSorts, profitViews } from "./product-model";

const store = z.uuid().optional().catch(undefined);
const page = z.coerce.number().int().min(1).max(10_000).default(1).catch(1);
const q = z.string().overwrite(storable).trim().max(100).optional().catch(undefined);

/** What the page of sales shows. */
export const salesAddress = periodSchema.extend({
  store,
  by: z.enum(salesDimensions).default("product").catch("product"),
  page,
});
export type SalesAddress = z.output<typeof salesAddress>;

/** What the page of profit shows. */
export const profitAddress = periodSchema.extend({
  store,
  q,
  view: z.enum(profitViews).default("all").catch("all"),
  sort: z.enum(productSorts).default("profit").catch("profit"),
  page,
});
export type ProfitAddress = z.output<typeof profitAddress>;

const format = z.enum(["xlsx", "csv"]);
export const salesExportSchema = salesAddress.extend({
  what: z.enum(["days", "parts"]).default("parts"),
  format,
});
export const profitExportSchema = profitAddress.extend({ format });
