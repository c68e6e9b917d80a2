import type { Screen, Target } from "./model";

/** More ways back than anybody presses. */
const LONGEST_TRAIL = 12;

/** The screens from the first to the one a button leads to; the first stays whatever is pressed. */
export function trailAfter(trail: readonly Screen[], { open, turn, back = 0 }: Target): Screen[] {
  const kept = trail.slice(0, Math.max(trail.length - back, Math.min(trail.length, 1)));
  if (turn) kept.pop();
  const next = open ?? turn;
  const [first, ...others] = next ? [...kept, next] : kept;
  if (first === undefined) return [{ name: "home" }];
  return [first, ...others.slice(-(LONGEST_TRAIL - 1))];
}
