const DAY_MINUTES = 1_440;

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
