import { z } from "zod";
import { storable } from "@/lib/core/text";
import { type RivalSort, rivalSorts } from "./list-model";

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
export type RivalsQuery = z.output<typeof rivalsSchema>;
