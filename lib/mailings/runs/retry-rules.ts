import { HOUR, later, MINUTE } from "@/lib/core/time";

const waits = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR] as const;

/** The first try and one after each wait. */
export const MOST_TRIES = waits.length + 1;

/** When a letter that was not taken is given again; null when it has been given often enough. */
export function nextTry(tries: number, now: Date): Date | null {
  const wait = waits[tries - 1];
  return wait === undefined ? null : later(now, wait);
}

export type Counted = { success: number; failure: number };

/**
 * Whether a run stops by itself: a share of what was tried has failed, and enough was tried to say so.
 * `share` in percent.
 */
export function failsTooOften({ success, failure }: Counted, { share, atLeast }: { share: number; atLeast: number }): boolean {
  const tried = success + failure;
  return tried >= atLeast && failure * 100 >= tried * share;
}
