import { z } from "zod";
import { isTimeZone } from "@/lib/core/time";
import { typedNumber } from "@/lib/core/typed-number";
import { followWays, leadWays } from "./lead-model";

export const scheduleSchema = z.object({
  timeZone: z
    .string()
    .trim()
    .min(1, { error: "time_zone" })
    .refine(isTimeZone, { error: "time_zone" }),
  syncEveryMinutes: typedNumber({ least: 15, most: 10_080, whole: true, error: "sync_interval" }),
  sessionCheckEveryMinutes: typedNumber({
    least: 5,
    most: 1_440,
    whole: true,
    error: "session_interval",
  }),
});

/** At about 3 writes a second Kaspi refuses every write of the login for half an hour; 2 are safe. */
export const paceSchema = z.object({
  writesPerSecond: typedNumber({ least: 0.1, most: 2, error: "writes_pace" }),
  writesPerWindow: typedNumber({ least: 1, most: 5_000, whole: true, error: "writes_budget" }),
  writeWindowMinutes: typedNumber({ least: 5, most: 120, whole: true, error: "writes_window" }),
  cabinetReadsPerSecond: typedNumber({ least: 0.5, most: 10, error: "reads_pace" }),
});

/** Which of several own stores on one card leads: see `leaderOf` in lib/repricing. */
export const ownStoresSchema = z.object({
  leadBy: z.enum(leadWays),
  /** The one that leads first; it also decides between equals. */
  leadOrder: z.array(z.uuid()).max(1_000),
  followers: z.enum(followWays),
});

/** How many sales stand behind a review is a guess, and each seller has their own. */
export const reviewsSchema = z.object({
  salesPerReview: typedNumber({ least: 1, most: 100, whole: true, error: "sales_per_review" }),
  reviewsRead: typedNumber({ least: 100, most: 50_000, whole: true, error: "reviews_read" }),
});

/** How fast letters of mailings leave, and when they stop: see lib/mailings/runs. */
export const mailSchema = z.object({
  lettersPerMinute: typedNumber({ least: 1, most: 10_000, whole: true, error: "letters_a_minute" }),
  lettersPerHour: typedNumber({ least: 1, most: 500_000, whole: true, error: "letters_an_hour" }),
  /** In percent of those that were tried. */
  failuresToPause: typedNumber({ least: 1, most: 100, whole: true, error: "failures_share" }),
  /** A second person lets a mailing leave. */
  mailingsWantApproval: z.boolean(),
});

export type Settings = z.output<typeof scheduleSchema> &
  z.output<typeof paceSchema> &
  z.output<typeof ownStoresSchema> &
  z.output<typeof reviewsSchema> &
  z.output<typeof mailSchema>;
