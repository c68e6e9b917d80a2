import { describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { breaks, countMoves } from "@/lib/repricing/hold/breaker-rules";

const move = (before: number | null, after: number) => ({
  before: before === null ? null : tenge(before),
  after: tenge(after),
});

/** So many prices that fall by more than 10 %, among so many changes. */
const run = (drops: number, changes: number) =>
  countMoves(Array.from({ length: changes }, (_, nth) => move(1000, nth < drops ? 899 : 999)));

describe("the breaker", () => {
  test.each([
    [10, 49, true],
    [10, 50, false],
    [11, 50, true],
    [9, 9, false],
    [9, 10, false],
    [10, 10, true],
    [100, 500, false],
    [101, 500, true],
    [0, 0, false],
  ])("with %i of %i changes falling far: held is %s", (drops, changes, held) => {
    expect(run(drops, changes)).toEqual({ changes, drops });
    expect(breaks(run(drops, changes))).toBe(held);
  });

  test.each([
    [1000, 900, 0],
    [1000, 899, 1],
    [99, 89, 1],
    [100, 90, 0],
    [10, 10, 0],
    [1000, 2000, 0],
    [null, 10, 0],
    [99_999_999, 90_000_000, 0],
    [99_999_999, 89_999_999, 1],
  ])("from %i to %i counts %i times as a fall by more than a tenth", (before, after, drops) => {
    expect(countMoves([move(before, after)])).toEqual({ changes: 1, drops });
  });
});
