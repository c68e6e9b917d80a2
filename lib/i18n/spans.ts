import { DAY, HOUR, MINUTE, SECOND } from "@/lib/core/time";

/** A length of time in its largest whole unit; the words are `common.span`, `common.ago`, `common.ahead`. */
export type Span = { unit: "seconds" | "minutes" | "hours" | "days"; count: number };

export function spanOf(milliseconds: number): Span {
  if (milliseconds < MINUTE) {
    return { unit: "seconds", count: Math.max(1, Math.round(milliseconds / SECOND)) };
  }
  if (milliseconds < HOUR) return { unit: "minutes", count: Math.round(milliseconds / MINUTE) };
  if (milliseconds < 2 * DAY) return { unit: "hours", count: Math.round(milliseconds / HOUR) };
  return { unit: "days", count: Math.round(milliseconds / DAY) };
}
