import { DAY } from "@/lib/core/time";

/** `2026-11-21` so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** `2026-11` so many months later. */
export function monthAfter(month: string, months: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 7);
}

/** The weeks of a month from Monday to Sunday; null where another month's days would stand. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const count = Number(dayAfter(`${monthAfter(month, 1)}-01`, -1).slice(8));
  const cells = Array.from({ length: Math.ceil((before + count) / 7) * 7 }, (_, nth) =>
    nth < before || nth >= before + count ? null : dayAfter(first, nth - before),
  );
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

const twoDigits = (count: number) => String(count).padStart(2, "0");

/** `18:00`. */
export const hourText = (hour: number, minute = 0) => `${twoDigits(hour)}:${twoDigits(minute)}`;
