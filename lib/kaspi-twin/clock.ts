export type TwinClock = {
  /** Milliseconds since 1970, on the twin's clock. */
  now(): number;
  /** How far the twin's clock is ahead of the real one. */
  ahead(): number;
  advance(milliseconds: number): void;
};

/** Real time plus an offset, so that a test can jump over half an hour. It never runs backwards. */
export function twinClock(aheadAtStart = 0): TwinClock {
  let ahead = aheadAtStart;
  return {
    now: () => Date.now() + ahead,
    ahead: () => ahead,
    advance(milliseconds) {
      ahead += Math.max(0, milliseconds);
    },
  };
}
