import { instantAt, localDate, localText } from "@/lib/core/local-time";
import { DAY } from "@/lib/core/time";

export type Repeated = {
  firstAt: Date | null;
  lastAt: Date | null;
  repeats: "none" | "day" | "week" | "month";
};

/**
 * The first time after now at which a repeated mailing starts: by the wall of its zone, so that nine in the
 * morning stays nine over a change of the clocks. The 31st of a shorter month is its last day. Null: there is
 * none, or its time is over before.
 */
export function nextOccurrence(
  { firstAt, lastAt, repeats }: Repeated,
  timeZone: string,
  now: Date,
): Date | null {
  if (firstAt === null || repeats === "none") return null;
  if (firstAt > now) return lastAt !== null && firstAt >= lastAt ? null : firstAt;
  const first = localText(firstAt, timeZone);
  for (let nth = soonestNth(first, repeats, localDate(now, timeZone)); ; nth += 1) {
    const at = instantAt(`${dayOf(first.slice(0, 10), repeats, nth)}${first.slice(10)}`, timeZone);
    if (at <= now) continue;
    return lastAt !== null && at >= lastAt ? null : at;
  }
}

/**
 * When the schedule of a mailing begins it that is made, or was changed from `before`. A moment that is over begins
 * it only when it was written just now: one that the form has brought along began it already, or waits to.
 */
export function nextStart(
  given: Repeated,
  before: (Repeated & { nextRunAt: Date | null }) | null,
  { timeZone, now }: { timeZone: string; now: Date },
): Date | null {
  const { firstAt, repeats } = given;
  if (firstAt === null || firstAt > now) return firstAt;
  const isAsBefore = before?.firstAt?.getTime() === firstAt.getTime() && before.repeats === repeats;
  const isWaiting = before !== null && before.nextRunAt !== null && before.nextRunAt <= now;
  if (isAsBefore && (repeats === "none" || isWaiting)) return before.nextRunAt;
  return repeats === "none" ? firstAt : nextOccurrence(given, timeZone, now);
}

/** None of those before can be after now. */
function soonestNth(first: string, repeats: "day" | "week" | "month", today: string): number {
  const [from, to] = [first.slice(0, 10), today];
  if (repeats === "month") return Math.max(1, monthOf(to) - monthOf(from));
  const days = Math.floor((Date.parse(to) - Date.parse(from)) / DAY);
  return Math.max(1, Math.floor(days / (repeats === "week" ? 7 : 1)));
}

const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

function dayOf(first: string, repeats: "day" | "week" | "month", nth: number): string {
  const at = new Date(`${first}T00:00:00Z`);
  if (repeats !== "month") {
    at.setUTCDate(at.getUTCDate() + nth * (repeats === "week" ? 7 : 1));
    return at.toISOString().slice(0, 10);
  }
  const month = monthOf(first) + nth;
  const [year, of] = [Math.floor(month / 12), month % 12];
  const lastDay = new Date(Date.UTC(year, of + 1, 0)).getUTCDate();
  const day = Math.min(Number(first.slice(8, 10)), lastDay);
  return new Date(Date.UTC(year, of, day)).toISOString().slice(0, 10);
}
