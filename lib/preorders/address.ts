import { z } from "zod";
import { storable } from "@/lib/core/text";
import { type DayFilter, dayFilters, preorderSorts, statusFilters } from "./filter-model";

const forgiving = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** What the page's address narrows the list to; anything it cannot understand is left out. */
export const preorderFilterSchema = z.object({
  store: forgiving(z.uuid()),
  q: z.string().overwrite(storable).trim().max(100).default("").catch(""),
  status: z.enum(statusFilters).default("open").catch("open"),
  days: forgiving(z.enum(Object.keys(dayFilters) as [DayFilter, ...DayFilter[]])),
});
export type PreorderFilter = z.output<typeof preorderFilterSchema>;

export const preorderAddress = preorderFilterSchema.extend({
  sort: z.enum(preorderSorts).default("-made").catch("-made"),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
});
export type PreorderQuery = z.output<typeof preorderAddress>;
