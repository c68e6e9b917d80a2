import { z } from "zod";
import { reminders, type TellingSettings } from "./settings-model";
import { type Topic, topics } from "./topic-model";

const LAST_MINUTE = 24 * 60 - 1;
const minute = z.int().min(0).max(LAST_MINUTE);
const chosenTopics = z
  .array(z.enum(topics))
  .transform((given): Topic[] => topics.filter((one) => given.includes(one)));

export const tellingSettingsSchema = z
  .object({
    off: chosenTopics,
    quietFrom: minute.nullable(),
    quietUntil: minute.nullable(),
    remindMinutes: z.union(reminders.map((one) => z.literal(one))).nullable(),
    digestAt: minute,
  })
  .refine(({ quietFrom, quietUntil }) => (quietFrom === null) === (quietUntil === null), {
    path: ["quietUntil"],
    error: "quiet_both",
  })
  .refine(({ quietFrom, quietUntil }) => quietFrom === null || quietFrom !== quietUntil, {
    path: ["quietUntil"],
    error: "quiet_same",
  }) satisfies z.ZodType<TellingSettings>;
