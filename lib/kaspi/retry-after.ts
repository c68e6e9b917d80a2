import { HOUR, SECOND } from "@/lib/core/time";

/** Nobody is kept away for longer by a header: a mistyped one would stop an exit for years. */
const LONGEST_MS = 2 * HOUR;

/**
 * A Retry-After header, in seconds or as a date, as milliseconds; null if unreadable or
 * over: "at once" is no answer to how long a refusal lasts. A date is
 * counted from the `date` of the same answer where it has one: Kaspi's clock need not be ours.
 */
export function retryAfterMs(
  header: string | undefined,
  now: Date,
  date?: string | undefined,
): number | null {
  const value = header?.trim();
  if (!value) return null;
  if (/^\d+$/.test(value)) return bounded(Number(value) * SECOND);
  const at = Date.parse(value);
  if (Number.isNaN(at)) return null;
  const theirNow = Date.parse(date ?? "");
  const wait = at - (Number.isNaN(theirNow) ? now.getTime() : theirNow);
  return bounded(wait);
}

const bounded = (ms: number) => (ms > 0 ? Math.min(ms, LONGEST_MS) : null);
