import { HOUR, later, MINUTE } from "@/lib/core/time";

export type CheckOutcome = {
  now: Date;
  intervalMinutes: number;
  /** Failed looks at the market in a row, this one included; 0 when it was seen. */
  failures: number;
  /** Rivals seen; null for a product that was not even looked at. */
  rivals: number | null;
  placeChangedAt: Date | null;
};

const CONTESTED_FOR = HOUR;
const LONGEST_BACKOFF = HOUR;

/** How often a product is looked at, and why so. */
export type Cadence = { why: keyof typeof paces | "failing"; everyMs: number };

const paces = { contested: 1, stable: 2, alone: 6, idle: 6 } as const;

/**
 * A contested place is looked at at the rule's interval, a stable one at twice, where we are alone, or
 * where the bot could do nothing, at six times that; failing doubles up to an hour.
 */
export function cadenceOf(outcome: CheckOutcome): Cadence {
  const interval = Math.max(outcome.intervalMinutes, 1) * MINUTE;
  if (outcome.failures > 0) return { why: "failing", everyMs: backoff(interval, outcome.failures) };
  const why = standing(outcome);
  return { why, everyMs: interval * paces[why] };
}

/** When a product is looked at next. Always later than `now`, so nothing stays at the head of the queue. */
export const nextCheckAt = (outcome: CheckOutcome): Date =>
  later(outcome.now, cadenceOf(outcome).everyMs);

/** A bot's decision that has not left by then is decided anew. */
export function decisionExpiresAt(decidedAt: Date, intervalMinutes: number): Date {
  return later(decidedAt, 2 * intervalMinutes * MINUTE);
}

function backoff(interval: number, failures: number): number {
  const longest = Math.max(interval, LONGEST_BACKOFF);
  return Math.min(interval * 2 ** Math.min(failures, 12), longest);
}

function standing({ now, rivals, placeChangedAt }: CheckOutcome): keyof typeof paces {
  const contested =
    placeChangedAt !== null && now.getTime() - placeChangedAt.getTime() < CONTESTED_FOR;
  if (contested) return "contested";
  if (rivals === null) return "idle";
  return rivals === 0 ? "alone" : "stable";
}
