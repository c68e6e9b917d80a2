import { DAY, later } from "@/lib/core/time";
import { LONGEST_WINDOW } from "./window-rules";

/** A stretch of time, its end left out, of which so many orders are not here. */
export type Gap = { from: Date; until: Date; orders: number; askedAt: Date };
type Span = Pick<Gap, "from" | "until">;

/**
 * The gaps there are once a stretch was read and so many of its orders were not got: what was read whole is no gap
 * any more, and gaps that meet are one.
 */
export function gapsAfter(gaps: readonly Gap[], read: Gap): Gap[] {
  if (read.orders === 0) return gaps.flatMap((gap) => withoutSpan(gap, read));
  const met = gaps.filter((gap) => gap.from < read.until && gap.until > read.from);
  const all = [read, ...met];
  const whole = {
    from: new Date(Math.min(...all.map(({ from }) => from.getTime()))),
    until: new Date(Math.max(...all.map(({ until }) => until.getTime()))),
    // Where they go beyond it both may count the same orders.
    orders: Math.max(
      ...all.filter((gap) => gap === read || !isInside(gap, read)).map(({ orders }) => orders),
    ),
    askedAt: read.askedAt,
  };
  return [...gaps.filter((gap) => !met.includes(gap)), whole];
}

const never = new Date(0);

const isInside = (one: Span, other: Span) => one.from >= other.from && one.until <= other.until;

function withoutSpan(gap: Gap, { from, until }: Span): Gap[] {
  if (gap.until <= from || gap.from >= until) return [gap];
  const startsBefore = gap.from < from;
  const endsAfter = gap.until > until;
  // In the middle of a long one: nobody knows in which of its ends they are missing.
  if (startsBefore && endsAfter) return [gap];
  // They were most likely in what is read now: the rest is asked for at once.
  if (startsBefore) return [{ ...gap, until: from, askedAt: never }];
  return endsAfter ? [{ ...gap, from: until, askedAt: never }] : [];
}

/** The gap to be asked for again: once a day each, the longest unasked first; null: none now. */
export function dueGap(gaps: readonly Gap[], now: Date): Gap | null {
  const [first] = [...gaps].sort((one, other) => one.askedAt.getTime() - other.askedAt.getTime());
  return first && first.askedAt <= later(now, -DAY) ? first : null;
}

/** A stretch in pieces that Kaspi lists at once. */
export function windowsOf({ from, until }: Span): Span[] {
  const windows: Span[] = [];
  for (let at = from; at < until; ) {
    const end = later(at, LONGEST_WINDOW) < until ? later(at, LONGEST_WINDOW) : until;
    windows.push({ from: at, until: end });
    at = end;
  }
  return windows;
}
