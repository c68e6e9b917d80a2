import { DAY } from "@/lib/core/time";

export const chartRanges = ["day", "week", "month"] as const;
export type ChartRange = (typeof chartRanges)[number];

export const rangeMs: Record<ChartRange, number> = { day: DAY, week: 7 * DAY, month: 30 * DAY };

/** No line and no row of decisions of a chart is longer: more cannot be told apart on a screen. */
export const MOST_POINTS = 300;

/** The value from `at` (epoch ms) until the next step, ₸; null: none, or nobody knows. */
export type ChartStep = { at: number; value: number | null };

/** Moments, epoch ms. */
export type ChartSpan = { from: number; to: number };

export type ChartLines = {
  /** Our price as sent and as Kaspi showed it. */
  price: ChartStep[];
  /** The cheapest rival that counts. */
  rival: ChartStep[];
  floor: ChartStep[];
  /** The highest price the bot might set, typed or not. */
  ceiling: ChartStep[];
};

export type ChartLine = keyof ChartLines;

/** Lines over a span of time, and when the market was not read. */
export type ChartShape = ChartSpan & { lines: ChartLines; unread: ChartSpan[] };
