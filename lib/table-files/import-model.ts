import { z } from "zod";
import { confirmField } from "@/lib/repricing/rule/form-model";
import { importViews } from "./view-model";

/** What the page of an import shows. */
export const importAddress = z.object({
  view: z.enum(importViews).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
});

const importId = z.uuid();
export const importSchema = z.object({ importId });
/** `confirm`: the person has seen the floors under half of their prices. */
export const applySchema = z.object({ importId, confirm: confirmField });
/** Whose word counts in disputed cells: `nth` of the table, or all of them. */
export const takeSchema = z.object({
  importId,
  nth: z.int().min(0).max(1_000_000).nullable(),
  taken: z.boolean(),
});
