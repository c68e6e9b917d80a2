import type { DayShare } from "@/lib/overview/model";
import { shareOf } from "@/lib/overview/rules";

export type SharePoint = { day: string; percent: number | null };

export function sharePoints(days: readonly DayShare[]): SharePoint[] {
  return days.map((share) => ({ day: share.day, percent: shareOf(share) }));
}

/** Where the middle of a day stands, in percent of the width. */
export function middleOf(index: number, count: number): number {
  return (100 * (index + 0.5)) / count;
}

/** The line in a box of 100 × 100, 100 % on top. It breaks where nobody counted. */
export function sharePath(points: readonly SharePoint[]): string {
  return points
    .map(({ percent }, index) => {
      if (percent === null) return "";
      const isStart = (points[index - 1]?.percent ?? null) === null;
      return `${isStart ? "M" : "L"}${middleOf(index, points.length).toFixed(2)} ${100 - percent}`;
    })
    .join("");
}
