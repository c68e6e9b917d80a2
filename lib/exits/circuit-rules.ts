import { MINUTE, SECOND } from "@/lib/core/time";

/** So many failures without an answer in between, and nobody asks for a while. */
export const FAILURES_TO_OPEN = 5;

const FIRST_PAUSE_MS = 15 * SECOND;
const LONGEST_PAUSE_MS = 10 * MINUTE;

/** How long the one call that tries again may take before another may try. */
export const TRIAL_MS = MINUTE;

/** The pause after it has opened so many times in a row: twice the one before, within bounds. */
export function pauseAfter(timesOpened: number): number {
  return Math.min(
    FIRST_PAUSE_MS * 2 ** Math.min(Math.max(timesOpened - 1, 0), 20),
    LONGEST_PAUSE_MS,
  );
}

/** A rest of an address that Kaspi refuses: doubled each time, never less than Kaspi itself asks. */
export function restAfter(restsInRow: number, askedMs: number): number {
  return Math.max(askedMs, Math.min(askedMs * 2 ** Math.min(restsInRow, 20), LONGEST_REST_MS));
}

const LONGEST_REST_MS = 10 * MINUTE;

/** Calls without any answer after which a proxy is dead. */
export const FAILURES_TO_DIE = 5;

const FIRST_PROBE_MS = MINUTE;
const RAREST_PROBE_MS = 30 * MINUTE;

/** When a dead proxy is tried again, after so many tries that failed. */
export function probeAfter(probesFailed: number): number {
  return Math.min(FIRST_PROBE_MS * 2 ** Math.min(probesFailed, 20), RAREST_PROBE_MS);
}
