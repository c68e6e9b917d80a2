import { z } from "zod";
import { type Period, periods, runStates } from "./history-model";

/** The address of the history of runs. */
export const historySchema = z.object({
  store: z.uuid().optional().catch(undefined),
  kind: z
    .string()
    .regex(/^[a-z-]{1,60}$/)
    .optional()
    .catch(undefined),
  state: z.enum(runStates).optional().catch(undefined),
  period: z
    .enum(Object.keys(periods) as [Period, ...Period[]])
    .optional()
    .catch(undefined),
  person: z.uuid().optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100).default(1).catch(1),
});
export type HistoryQuery = z.output<typeof historySchema>;
