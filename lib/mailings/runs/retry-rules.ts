import { HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import type { Trigger } from "./run-queries";

/** Whoever runs the command looks at it: what is not taken in a minute is a failure. */
const whileLookedAt = [2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND] as const;
const waits = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR] as const;

/** When a letter that was not taken is given again, after so many tries; null when that was often enough. */
export function nextTry(tries: number, trigger: Trigger, now: Date): Date | null {
  const wait = (trigger === "command" ? whileLookedAt : waits)[tries - 1];
  return wait === undefined ? null : later(now, wait);
}

export type Counted = { succeeded: number; failed: number };

/** Whether so many of a hundred have failed, and enough were tried to say so. */
export function failsTooOften(
  { succeeded, failed }: Counted,
  { share, atLeast }: { share: number; atLeast: number },
): boolean {
  const tried = succeeded + failed;
  return tried >= atLeast && failed * 100 >= tried * share;
}
