import { z } from "zod";
import { storable } from "@/lib/core/text";
import { salesDimensions, salesRanges } from "./model";
import { productSorts, profitViews } from "./product-model";
import { stockViews } from "./stock-model";

/** No order is older than Kaspi's shop. */
const day = z.iso
  .date()
  .refine((date) => date >= "2014-01-01" && date < "3000-01-01")
  .optional()
  .catch(undefined);

/** A period by its name, or from one day to another, both included. */
const period = z.object({
  range: z.enum(salesRanges).optional().catch(undefined),
  from: day,
  to: day,
});

const store = z.uuid().optional().catch(undefined);
const page = z.coerce.number().int().min(1).max(10_000).default(1).catch(1);
const q = z.string().overwrite(storable).trim().max(100).optional().catch(undefined);

/** What the page of sales shows. */
export const salesAddress = period.extend({
  store,
  by: z.enum(salesDimensions).default("product").catch("product"),
  page,
});
export type SalesAddress = z.output<typeof salesAddress>;

/** What the page of profit shows. */
export const profitAddress = period.extend({
  store,
  q,
  view: z.enum(profitViews).default("all").catch("all"),
  sort: z.enum(productSorts).default("profit").catch("profit"),
  page,
});
export type ProfitAddress = z.output<typeof profitAddress>;

/** What the page of stock shows. */
export const stockAddress = z.object({
  store,
  view: z.enum(stockViews).default("low").catch("low"),
  page,
});
export type StockAddress = z.output<typeof stockAddress>;

const format = z.enum(["xlsx", "csv"]);
export const salesExportSchema = salesAddress.extend({
  what: z.enum(["days", "parts"]).default("parts"),
  format,
});
export const profitExportSchema = profitAddress.extend({ format });
export const stockExportSchema = stockAddress.extend({ format });
