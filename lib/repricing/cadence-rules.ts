import { HOUR, later, MINUTE } from "@/lib/core/time";

export type CheckOutcome = {
  now: Date;
  intervalMinutes: number;
  /** Failed looks at the market in a row, this one included; 0 when it was seen. */
  failures: number;
  /** Rivals seen; 0 for a product that was not even looked at. */
  rivals: number;
  placeChangedAt: Date | null;
};

const CONTESTED_FOR = HOUR;
const LONGEST_BACKOFF = HOUR;

/**
 * When a product is looked at next: contested at the rule's interval, stable at twice, alone at six
 * times that; failing doubles up to an hour. Always later than `now`, so nothing stays at the head
 * of the queue.
 */
export function nextCheckAt(outcome: CheckOutcome): Date {
  const interval = Math.max(outcome.intervalMinutes, 1) * MINUTE;
  const failing = outcome.failures > 0;
  return later(
    outcome.now,
    failing ? backoff(interval, outcome.failures) : interval * pace(outcome),
  );
}

/** A bot's decision that has not left by then is decided anew. */
export function decisionExpiresAt(decidedAt: Date, intervalMinutes: number): Date {
  return later(decidedAt, 2 * intervalMinutes * MINUTE);
}

function backoff(interval: number, failures: number): number {
  const longest = Math.max(interval, LONGEST_BACKOFF);
  return Math.min(interval * 2 ** Math.min(failures, 12), longest);
}

function pace({ now, rivals, placeChangedAt }: CheckOutcome): 1 | 2 | 6 {
  const contested =
    placeChangedAt !== null && now.getTime() - placeChangedAt.getTime() < CONTESTED_FOR;
  if (contested) return 1;
  return rivals === 0 ? 6 : 2;
}
