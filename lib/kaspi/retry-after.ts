import { SECOND } from "@/lib/core/time";

/** A Retry-After header, in seconds or as a date, as milliseconds from `now`; null if unreadable. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  const value = header?.trim();
  if (!value) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * SECOND;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
