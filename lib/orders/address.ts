import { z } from "zod";
import { storable } from "@/lib/core/text";
import { deliveryKinds } from "./delivery-model";
import { tabFilters } from "./filter-model";
import { figureOutcomes, UNSTATED } from "./outcome-model";

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

const word = z.string().overwrite(storable).min(1).max(1_000);

/** What the page's address narrows the list to; anything it cannot understand is left out. */
export const orderFilterSchema = z.object({
  store: forgiving(z.uuid()),
  q: z.string().overwrite(storable).trim().max(100).default("").catch(""),
  tab: z.enum(tabFilters).default("new").catch("new"),
  city: forgiving(word),
  from: forgiving(day),
  to: forgiving(day),
  /** The orders behind a figure of the sales: those that it is made of, and no others. */
  outcome: forgiving(z.enum(figureOutcomes)),
  payment: forgiving(word),
  delivery: forgiving(z.enum([...deliveryKinds, UNSTATED])),
  category: forgiving(word),
  line: forgiving(word),
});
export type OrderFilter = z.output<typeof orderFilterSchema>;

export const orderAddress = orderFilterSchema.extend({ before: forgiving(cursor) });

export const orderExportSchema = orderFilterSchema.extend({ format: z.enum(["xlsx", "csv"]) });
