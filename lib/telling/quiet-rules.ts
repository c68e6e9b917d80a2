import { localText } from "@/lib/core/local-time";
import { later, MINUTE } from "@/lib/core/time";

const DAY_MINUTES = 24 * 60;

/** The minute of the day that a clock on the wall shows. */
export function minuteOf(at: Date, timeZone: string): number {
  const shown = localText(at, timeZone);
  return Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16));
}

/** How long the wall's clock has been past a minute of the day, by the clock itself, and of which day. */
export function sinceMinute(minute: number, at: Date, timeZone: string) {
  const minutes = minuteOf(at, timeZone) - minute;
  return minutes < 0 ? { minutes: minutes + DAY_MINUTES, daysAgo: 1 } : { minutes, daysAgo: 0 };
}

export type Quiet = { quietFrom: number | null; quietUntil: number | null };

/** From one minute of the day up to another, not including it; over midnight when it ends before it begins. */
function isQuiet(minute: number, from: number, until: number): boolean {
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

/**
 * When something may be told that is there now: at once, or at the first moment after at which the wall shows
 * that the quiet hours are over. An hour that clocks skip is over when it is skipped; one that they show twice
 * is quiet twice.
 */
export function quietUntil(
  at: Date,
  { quietFrom, quietUntil: until }: Quiet,
  timeZone: string,
): Date {
  if (quietFrom === null || until === null) return at;
  const minute = minuteOf(at, timeZone);
  if (!isQuiet(minute, quietFrom, until)) return at;
  const whole = later(at, -(at.getTime() % MINUTE));
  const end = later(whole, ((until - minute + DAY_MINUTES) % DAY_MINUTES) * MINUTE);
  if (minuteOf(end, timeZone) === until) return end;
  return firstLoud(whole, quietFrom, until, timeZone);
}

/** Minute by minute: only where clocks are put forward or back in the quiet hours. */
function firstLoud(whole: Date, from: number, until: number, timeZone: string): Date {
  for (let minutes = 1; minutes <= 2 * DAY_MINUTES; minutes += 1) {
    const moment = later(whole, minutes * MINUTE);
    if (!isQuiet(minuteOf(moment, timeZone), from, until)) return moment;
  }
  return whole;
}
