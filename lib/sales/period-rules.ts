import { DAY } from "@/lib/core/time";
import type { AskedPeriod, Period, SalesStep } from "./model";

/** Days are texts like `2026-03-01`; arithmetic on them is of the calendar and knows no zone. */
const time = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayAt = (at: number) => new Date(at).toISOString().slice(0, 10);

export const plusDays = (day: string, days: number): string => dayAt(time(day) + days * DAY);

/** How many days a period has, both ends included. */
export const daysIn = ({ from, to }: Period): number => (time(to) - time(from)) / DAY + 1;

/** Three years and a little more: what is older is asked for by months. */
export const MOST_DAYS = 1_100;

/**
 * The period that is meant on the workspace's day `today`; thirty days by default. One that ends before it
 * begins is turned round, one that is too long ends at its end.
 */
export function periodOf({ range, from, to }: AskedPeriod, today: string): Period {
  if (from !== undefined || to !== undefined) return typed(from, to, today);
  switch (range) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: plusDays(today, -1), to: plusDays(today, -1) };
    case "month":
      return { from: `${today.slice(0, 7)}-01`, to: today };
    default:
      return { from: plusDays(today, 1 - Number(range ?? 30)), to: today };
  }
}

function typed(from: string | undefined, to: string | undefined, today: string): Period {
  const [first = today, last = today] = [from ?? to, to ?? today].sort();
  const [, latest = first] = [first, plusDays(last, 1 - MOST_DAYS)].sort();
  return { from: latest, to: last };
}

/** As many days just before it; before a month so far, the same days of the month before. */
export function periodBefore(period: Period): Period {
  const days = daysIn(period);
  if (period.from.endsWith("-01") && period.from.slice(0, 7) === period.to.slice(0, 7)) {
    const lastOfMonth = plusDays(period.from, -1);
    const from = `${lastOfMonth.slice(0, 7)}-01`;
    const [to = lastOfMonth] = [plusDays(from, days - 1), lastOfMonth].sort();
    return { from, to };
  }
  return { from: plusDays(period.from, -days), to: plusDays(period.from, -1) };
}

/**
 * What of a period may be set against the one before it: its whole days, since a day under way would lose against
 * any that is over. Null: there is none yet.
 */
export function comparedOf(
  { from, to }: Period,
  today: string,
): { now: Period; before: Period } | null {
  const [last = to] = [to, plusDays(today, -1)].sort();
  if (last < from) return null;
  const now = { from, to: last };
  return { now, before: periodBefore(now) };
}

/** What a period is drawn by: no more than about a hundred points. */
export function stepOf(period: Period): SalesStep {
  const days = daysIn(period);
  if (days <= 92) return "day";
  return days <= 400 ? "week" : "month";
}

/** The first day of the step that a day of a period is in; weeks are counted from the period's first day. */
export function stepBegin(day: string, step: SalesStep, { from }: Period): string {
  if (step === "day") return day;
  if (step === "month") return `${day.slice(0, 7)}-01`;
  return plusDays(day, -((time(day) - time(from)) / DAY) % 7);
}

/** The steps of a period by their first days, those without sales as well. */
export function stepsIn(period: Period, step: SalesStep): string[] {
  const days = Array.from({ length: daysIn(period) }, (_, nth) => plusDays(period.from, nth));
  return [...new Set(days.map((day) => stepBegin(day, step, period)))];
}
