import { DAY, HOUR, later, MINUTE, SECOND } from "@/lib/core/time";

/** How long after each attempt that has failed the next one comes; after the last there is none. */
export const RETRIES_MS = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY] as const;
export const MOST_ATTEMPTS = RETRIES_MS.length + 1;

/** Nothing but failures for so long, and nobody is there. */
export const OFF_AFTER_MS = 3 * DAY;

/** Who does not answer at all is left alone, all their deliveries, so that they hold nobody else's up. */
const LONGEST_REST_MS = 10 * MINUTE;

export function restsUntil(silences: number, now: Date): Date {
  const wait = RETRIES_MS[silences - 1] ?? LONGEST_REST_MS;
  return later(now, Math.min(wait, LONGEST_REST_MS));
}

/** Whether it has failed for too long. */
export const isLost = (failingSince: Date, now: Date): boolean =>
  later(failingSince, OFF_AFTER_MS) <= now;
