import { HOUR } from "@/lib/core/time";
import { formatTime } from "@/lib/i18n/dates";

/** Where a value stands between two others, in percent. */
export type Scale = (value: number) => number;

export function scale(from: number, to: number): Scale {
  const span = to - from || 1;
  return (value) => ((value - from) / span) * 100;
}

const roundSteps = [1, 2, 5, 10];

/** At most `most` round amounts within a domain, ₸: 1, 2 or 5 and noughts apart, never tiyn. */
export function moneyTicks([low, high]: [number, number], most: number): number[] {
  const rough = Math.max((high - low) / most, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (roundSteps.find((round) => round * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step) * step;
  const count = Math.floor((high - first) / step) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => first + index * step);
}

const HALF_HOUR = HOUR / 2;

/** Moments between two others, so many hours apart (half an hour at least), at round times of the zone. */
export function timeTicks(
  { from, to }: { from: number; to: number },
  everyHours: number,
  timeZone: string,
): number[] {
  const ticks: number[] = [];
  let days = 0;
  for (let at = Math.ceil(from / HALF_HOUR) * HALF_HOUR; at <= to; at += HALF_HOUR) {
    const time = formatTime(new Date(at), timeZone);
    if (time === "00:00") days += 1;
    const hours = Number(time.slice(0, 2)) + Number(time.slice(3)) / 60;
    if (hours % Math.min(everyHours, 24) !== 0) continue;
    if (everyHours > 24 && (days - 1) % (everyHours / 24) !== 0) continue;
    ticks.push(at);
  }
  return ticks;
}

/** How much of a far value the domain follows, in widths of what it must show. */
const REACH = 1.5;
const MARGIN = 0.08;
/** A flat line stands in the middle of this share of itself. */
const LEAST = 0.02;

/** Lowest and highest amount of a chart: all of `main`, and of `beside` what is not far away. */
export function moneyDomain(main: readonly number[], beside: readonly number[]): [number, number] {
  const low = Math.min(...main);
  const high = Math.max(...main);
  const width = Math.max(high - low, high * LEAST, 2);
  const near = beside.filter(
    (value) => value >= low - REACH * width && value <= high + REACH * width,
  );
  const [bottom, top] = [Math.min(low, ...near), Math.max(high, ...near)];
  const margin = Math.max((top - bottom) * MARGIN, (width * LEAST) / 2, 1);
  return [Math.max(0, bottom - margin), top + margin];
}
