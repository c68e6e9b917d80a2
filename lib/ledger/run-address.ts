import { z } from "zod";
import { moment } from "./address";

const cursor = z
  .preprocess((text) => String(text).split("_"), z.tuple([moment, z.uuid()]))
  .transform(([startedAt, id]) => ({ startedAt, id }));
export type RunsCursor = z.output<typeof cursor>;

export const runsCursorText = ({ startedAt, id }: RunsCursor) => `${startedAt.toISOString()}_${id}`;

/** The address of the list of price checks. */
export const pricingRunsAddress = z.object({
  store: z.uuid().optional().catch(undefined),
  show: z.enum(["eventful", "all"]).default("eventful").catch("eventful"),
  before: cursor.optional().catch(undefined),
});
