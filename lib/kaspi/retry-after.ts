import { HOUR, SECOND } from "@/lib/core/time";

/** Nobody is kept away for longer by a header: a mistyped one would stop an exit for years. */
const LONGEST_MS = 2 * HOUR;

/**
 * A Retry-After header, in seconds or as a date, as milliseconds; null if unreadable. A date is
 * counted from the `date` of the same answer where it has one: Kaspi's clock need not be ours.
 */
export function retryAfterMs(
  header: string | undefined,
  now: Date,
  date?: string | undefined,
): number | null {
  const value = header?.trim();
  if (!value) return null;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * SECOND, LONGEST_MS);
  const at = Date.parse(value);
  if (Number.isNaN(at)) return null;
  const theirNow = Date.parse(date ?? "");
  const wait = at - (Number.isNaN(theirNow) ? now.getTime() : theirNow);
  return Math.min(Math.max(0, wait), LONGEST_MS);
}
