import { z } from "zod";

/** How many days back orders may be read, counted from the first reading. */
export const historyChoices = ["30", "90", "180", "365", "730", "1095"] as const;
export const USUAL_HISTORY_DAYS = 365;

export const historyForm = z.object({
  storeId: z.uuid(),
  days: z.enum(historyChoices).transform(Number),
});
