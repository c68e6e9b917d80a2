import { z } from "zod";
import { type Topic, topics } from "./topic-model";

const DAY_MINUTES = 24 * 60;
const minute = z
  .int()
  .min(0)
  .max(DAY_MINUTES - 1);

/** How long before a deadline one may be told, in minutes. */
export const reminders = [10, 30, 60, 180, 1_440] as const;

export const tellingSettingsSchema = z
  .object({
    off: z
      .array(z.enum(topics))
      .transform((given): Topic[] => topics.filter((one) => given.includes(one))),
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
  });

export type TellingSettings = z.output<typeof tellingSettingsSchema>;

export const usualSettings: TellingSettings = {
  off: [],
  quietFrom: null,
  quietUntil: null,
  remindMinutes: null,
  digestAt: 9 * 60,
};

/** `08:30` of 510. */
export function clockOf(minuteOfDay: number): string {
  const two = (count: number) => `${count}`.padStart(2, "0");
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

/** 510 of `08:30`; null of nothing. */
export function minutesOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(clock) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
