import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import {
  LONGEST_HEAD_START_MS,
  type Stake,
  turnAt,
  worthOf,
} from "@/lib/repricing/send/turn-rules";
import { noon } from "../../support/pricing";

const nothing: Stake = { places: null, margin: null, isBelowFloor: false };
const toFirst: Stake = { ...nothing, places: { before: 4, after: 1 }, margin: 0.2 };

const stakes: fc.Arbitrary<Stake> = fc.record({
  places: fc.option(
    fc.record({ before: fc.integer({ min: 1, max: 60 }), after: fc.integer({ min: 1, max: 60 }) }),
  ),
  margin: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
  isBelowFloor: fc.boolean(),
});

describe("What a change is worth", () => {
  test.each<[string, Stake, Stake]>([
    [
      "the first place goes before the third",
      toFirst,
      { ...toFirst, places: { before: 4, after: 3 } },
    ],
    ["a wider margin goes first", toFirst, { ...toFirst, margin: 0.05 }],
    ["a known wide margin goes before an unknown one", toFirst, { ...toFirst, margin: null }],
    [
      "an unknown margin goes before a narrow one",
      { ...toFirst, margin: null },
      { ...toFirst, margin: 0.01 },
    ],
    [
      "a place gained goes before one given up",
      toFirst,
      { ...toFirst, places: { before: 1, after: 4 } },
    ],
    ["a price below its floor goes before everything", { ...nothing, isBelowFloor: true }, toFirst],
  ])("%s", (_, dear, cheap) => {
    expect(worthOf(dear)).toBeGreaterThan(worthOf(cheap));
    expect(turnAt(noon, dear).getTime()).toBeLessThan(turnAt(noon, cheap).getTime());
  });

  test("without data the oldest goes first", () => {
    expect(turnAt(noon, nothing)).toEqual(noon);
    expect(turnAt(noon, { ...toFirst, margin: -0.1 })).toEqual(noon);
  });

  test("is between nothing and one", () => {
    fc.assert(
      fc.property(stakes, (stake) => {
        expect(worthOf(stake)).toBeGreaterThanOrEqual(0);
        expect(worthOf(stake)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("Waiting", () => {
  test("nothing is overtaken by what begins to wait an hour later, whatever it is worth", () => {
    fc.assert(
      fc.property(stakes, stakes, fc.nat(10 * HOUR), (first, second, gap) => {
        const overtakes = turnAt(later(noon, gap), second) < turnAt(noon, first);
        if (gap >= LONGEST_HEAD_START_MS) expect(overtakes).toBe(false);
      }),
    );
  });

  test("is bounded: a worthless change leaves though dear ones come in without end", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.nat(20),
        fc.array(stakes, { minLength: 1 }),
        (perMinute, ahead, others) => {
          const longest = Math.ceil((ahead + 1) / perMinute) + LONGEST_HEAD_START_MS / MINUTE;
          const minutes = minutesUntilSent({ perMinute, ahead, others, longest });
          expect(minutes).toBeLessThanOrEqual(longest);
        },
      ),
      { numRuns: 50 },
    );
  });
});

type Crowd = { perMinute: number; ahead: number; others: Stake[]; longest: number };

/** Of a worthless change in a crowd: each minute as many come in as leave, nearly all of them dear. */
function minutesUntilSent({ perMinute, ahead, others, longest }: Crowd): number {
  const ours = turnAt(noon, nothing).getTime();
  let queue = [ours, ...Array.from({ length: ahead }, () => turnAt(noon, toFirst).getTime())];
  for (let minute = 0; minute <= longest; minute += 1) {
    queue.sort((one, other) => one - other);
    if (queue.slice(0, perMinute).includes(ours)) return minute;
    const since = later(noon, (minute + 1) * MINUTE);
    const come = Array.from({ length: perMinute }, (_, nth) =>
      nth === 0 ? (others[minute % others.length] ?? toFirst) : toFirst,
    );
    queue = [...queue.slice(perMinute), ...come.map((stake) => turnAt(since, stake).getTime())];
  }
  return Number.POSITIVE_INFINITY;
}
