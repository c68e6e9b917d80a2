import type { RuleSchedule } from "@/lib/repricing/rule/rule-model";

const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

const clocks = new Map<string, Intl.DateTimeFormat>();

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  clocks.set(timeZone, clock);
  return clock;
}

/**
 * Minutes since Monday 00:00 on the wall clock of a zone, 0 to 10,079. An hour that a clock skips or
 * repeats is simply not shown, or shown twice. Throws a RangeError for a zone nobody knows.
 */
export function minuteOfWeek(at: Date, timeZone: string): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) parts[type] = value;
  const { weekday = "", hour, minute } = parts;
  return weekdays.indexOf(weekday) * DAY_MINUTES + Number(hour) * 60 + Number(minute);
}

/** Whether the bot works at this minute. A window that ends at or before its begin ends the day after. */
export function isAtWork({ windows }: RuleSchedule, minute: number): boolean {
  return windows.some(({ days, from, to }) => {
    const length = to > from ? to - from : to - from + DAY_MINUTES;
    return days.some((day) => inWeek(minute - opening(day, from)) < length);
  });
}

/** The minute of the week at which the bot begins to work next. */
export function nextWork({ windows }: RuleSchedule, minute: number): number {
  const waits = windows.flatMap(({ days, from }) =>
    days.map((day) => inWeek(opening(day, from) - minute)),
  );
  return inWeek(minute + Math.min(...waits));
}

const opening = (day: number, from: number) => (day - 1) * DAY_MINUTES + from;

const inWeek = (minutes: number) => ((minutes % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES;
