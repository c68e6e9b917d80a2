export type TwinClock = {
  /** Milliseconds since 1970, on the twin's clock. */
  now(): number;
  /** How far the twin's clock was moved ahead. */
  ahead(): number;
  advance(milliseconds: number): void;
};

/**
 * Real time plus an offset, so that a test can jump over half an hour; it never runs backwards.
 * With `startAt` the clock stands there and moves only when it is advanced.
 */
export function twinClock(startAt?: Date): TwinClock {
  let ahead = 0;
  const start = startAt?.getTime();
  return {
    now: () => (start ?? Date.now()) + ahead,
    ahead: () => ahead,
    advance(milliseconds) {
      ahead += Math.max(0, milliseconds);
    },
  };
}
