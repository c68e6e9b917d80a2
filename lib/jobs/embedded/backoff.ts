import { DAY, HOUR, MINUTE, SECOND } from "@/lib/core/time";
import { moment } from "@/lib/jobs/duration";

/** Inngest's own table. */
const delays = [
  15 * SECOND,
  30 * SECOND,
  1 * MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  40 * MINUTE,
  1 * HOUR,
  2 * HOUR,
];
const JITTER = 30 * SECOND;

/** Milliseconds before the attempt after `attempt`, which counts from 0. */
export type Backoff = (attempt: number) => number;

export function inngestBackoff(random: () => number): Backoff {
  return (attempt) => (delays[attempt] ?? 2 * HOUR) + Math.floor(random() * JITTER);
}

/** When to try again. `retryAfter` is the header the SDK sends: whole seconds or an ISO date; at most a day ahead. */
export function retryAt(
  now: Date,
  attempt: number,
  retryAfter: string | null,
  backoff: Backoff,
): Date {
  const asked =
    retryAfter === null
      ? now.getTime() + backoff(attempt)
      : moment(/^\d+$/.test(retryAfter) ? `${retryAfter}s` : retryAfter, now).getTime();
  return new Date(Math.min(Math.max(asked, now.getTime()), now.getTime() + DAY));
}
