import type { Scale } from "./axes";

/** A value from `at` until the next; null is a gap. */
type Step = { at: number; value: number | null };

const round = (value: number) => Math.round(value * 100) / 100;

type Plot = { x: Scale; y: Scale; to: number };

/** A line of steps up to the moment `to`, broken where the value is not known. */
export function stepPath(steps: readonly Step[], { x, y, to }: Plot): string {
  const parts: string[] = [];
  let drawn = false;
  for (const [index, { at, value }] of steps.entries()) {
    if (value === null) {
      drawn = false;
      continue;
    }
    const end = steps[index + 1]?.at ?? to;
    parts.push(
      `${drawn ? "" : `M${round(x(at))} `}${drawn ? "V" : ""}${round(y(value))}H${round(x(end))}`,
    );
    drawn = true;
  }
  return parts.join("");
}

/** What lies between two lines, wherever both are known. */
export function bandPath(
  lower: readonly Step[],
  upper: readonly Step[],
  { x, y, to }: Plot,
): string {
  const moments = [...new Set([...lower, ...upper].map(({ at }) => at))].sort((a, b) => a - b);
  return moments
    .map((at, index) => {
      const [low, high] = [valueAt(lower, at), valueAt(upper, at)];
      if (low === null || high === null) return "";
      const [left, right] = [round(x(at)), round(x(moments[index + 1] ?? to))];
      return `M${left} ${round(y(high))}H${right}V${round(y(low))}H${left}Z`;
    })
    .join("");
}

/** The value in force at a moment. */
export function valueAt(steps: readonly Step[], at: number): number | null {
  return steps.findLast((step) => step.at <= at)?.value ?? null;
}

/** The index of the moment nearest to another; -1 of none. */
export function nearest(moments: readonly { at: number }[], at: number): number {
  let best = -1;
  let away = Number.POSITIVE_INFINITY;
  for (const [index, moment] of moments.entries()) {
    const distance = Math.abs(moment.at - at);
    if (distance <= away) [best, away] = [index, distance];
  }
  return best;
}
