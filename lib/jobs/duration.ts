import { DAY, HOUR, MINUTE, SECOND } from "@/lib/core/time";

/** A duration as Inngest writes it. */
export type Duration = `${number}${"s" | "m" | "h" | "d"}`;

const units: Record<string, number> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** `"1d2h30s"` in milliseconds; an empty string is none. Throws a RangeError for anything else. */
export function milliseconds(text: string): number {
  if (!/^(\d+[smhdw])*$/.test(text)) throw new RangeError(`not a duration: ${text}`);
  let total = 0;
  for (const [, amount, unit = ""] of text.matchAll(/(\d+)([smhdw])/g)) {
    total += Number(amount) * (units[unit] ?? 0);
  }
  return total;
}

/** The moment the SDK means by `"30s"` (from now on) or by an ISO date. */
export function moment(text: string, now: Date): Date {
  const date = /^\d{4}-/.test(text) ? new Date(text) : new Date(now.getTime() + milliseconds(text));
  if (Number.isNaN(date.getTime())) throw new RangeError(`not a moment: ${text}`);
  return date;
}
