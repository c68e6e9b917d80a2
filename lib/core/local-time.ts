import { DAY, later } from "./time";

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** What a clock on the wall shows at a moment, as milliseconds of a day that has no zone. */
function wallOf(at: Date, timeZone: string): number {
  const parts = new Map<string, number>();
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) parts.set(type, Number(value));
  const part = (name: string) => parts.get(name) ?? 0;
  const date = Date.UTC(part("year"), part("month") - 1, part("day"));
  return date + Date.UTC(1970, 0, 1, part("hour"), part("minute"), part("second"));
}

/** Milliseconds by which the wall is ahead of UTC at a moment. */
function offsetAt(at: number, timeZone: string): number {
  const whole = Math.floor(at / 1_000) * 1_000;
  return wallOf(new Date(whole), timeZone) - whole;
}

/** `2026-11-22T18:00`: what the wall shows, as forms write it. */
export function localText(at: Date, timeZone: string): string {
  return new Date(wallOf(at, timeZone)).toISOString().slice(0, 16);
}

/** `2026-11-22`: the day it is there. */
export const localDate = (at: Date, timeZone: string): string =>
  localText(at, timeZone).slice(0, 10);

/**
 * The moment at which the wall shows `2026-11-22T18:00`. What it shows twice, because clocks were put back,
 * is the earlier; what it never shows, because they were put forward, is the first moment after.
 */
export function instantAt(local: string, timeZone: string): Date {
  const wall = Date.parse(`${local}Z`);
  // No zone has ever moved by more than a day.
  const [before, after] = [wall - 2 * DAY, wall + 2 * DAY].map((at) => offsetAt(at, timeZone));
  const moments = [before ?? 0, after ?? 0].map((offset) => wall - offset).sort((a, b) => a - b);
  const shown = moments.find((at) => at + offsetAt(at, timeZone) === wall);
  return new Date(shown ?? changeBetween(moments, timeZone));
}

/** When clocks were put forward: the wall jumps over what was asked between these two. */
function changeBetween([from = 0, until = 0]: number[], timeZone: string): number {
  const old = offsetAt(from, timeZone);
  let [low, high] = [from, until];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, timeZone) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** The beginning of the day it is there at a moment, or of one so many days later. */
export function dayStart(at: Date, timeZone: string, days = 0): Date {
  const date = Date.parse(localDate(at, timeZone));
  const asked = later(new Date(date), days * DAY)
    .toISOString()
    .slice(0, 10);
  return instantAt(`${asked}T00:00`, timeZone);
}
