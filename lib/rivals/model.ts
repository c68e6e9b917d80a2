import { z } from "zod";
import { storable } from "@/lib/core/text";
import { type RivalSort, rivalSorts, sellerId } from "./list-model";

/** The address of the table of rivals. */
export const rivalsSchema = z.object({
  store: z.uuid().optional().catch(undefined),
  q: z.string().overwrite(storable).trim().max(100).default("").catch(""),
  sort: z
    .enum(rivalSorts as [RivalSort, ...RivalSort[]])
    .default("-cheaper")
    .catch("-cheaper"),
  page: z.coerce.number().int().min(1).max(10_000).default(1).catch(1),
});

/** Whom a rule leaves out, or counts again. No store: all of the caller's own. */
export const exclusionSchema = z.object({
  merchantId: z.string().regex(sellerId),
  storeId: z.uuid().optional(),
  excluded: z.boolean(),
});
