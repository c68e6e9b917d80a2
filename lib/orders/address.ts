import { z } from "zod";
import { storable } from "@/lib/core/text";
import { tabFilters } from "./filter-model";

const forgiving = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** A day of the workspace, `2026-11-22`: no order is older than Kaspi's shop. */
const day = z.iso.date().refine((date) => date >= "2014-01-01" && date < "3000-01-01");

const moment = z.coerce.date().min(new Date("2014-01-01")).max(new Date("3000-01-01"));

/** The last order shown: `2026-11-21T04:53:07.000Z_<id>`. */
const cursor = z
  .preprocess((text) => String(text).split("_"), z.tuple([moment, z.uuid()]))
  .transform(([orderedAt, id]) => ({ orderedAt, id }));
export type OrderCursor = z.output<typeof cursor>;

export const cursorText = ({ orderedAt, id }: OrderCursor) => `${orderedAt.toISOString()}_${id}`;

/** What the page's address narrows the list to; anything it cannot understand is left out. */
export const orderFilterSchema = z.object({
  store: forgiving(z.uuid()),
  q: z.string().overwrite(storable).trim().max(100).default("").catch(""),
  tab: z.enum(tabFilters).default("new").catch("new"),
  city: forgiving(z.string().regex(/^\d{6,12}$/)),
  from: forgiving(day),
  to: forgiving(day),
});
export type OrderFilter = z.output<typeof orderFilterSchema>;

export const orderAddress = orderFilterSchema.extend({ before: forgiving(cursor) });

export const orderExportSchema = orderFilterSchema.extend({ format: z.enum(["xlsx", "csv"]) });
