import type { Topic } from "./topic-model";

/** How long before a deadline one may be told, in minutes. */
export const reminders = [10, 30, 60, 180, 1_440] as const;

/** What somebody wants to hear in Telegram and when; minutes are of the day by their own clock. */
export type TellingSettings = {
  off: Topic[];
  quietFrom: number | null;
  quietUntil: number | null;
  remindMinutes: (typeof reminders)[number] | null;
  digestAt: number;
};

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
