import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { roundWithin } from "@/lib/repricing/decide/rounding-rules";
import type { RepricingRule, Rounding } from "@/lib/repricing/rule/rule-model";
import { outcome, type Scenario } from "../../support/pricing";

const to = (value: 1 | 5 | 10 | 100): Rounding => ({ kind: "to", value });
const ending = (value: number): Rounding => ({ kind: "ending", value });

test.each<[Rounding, number, number | null]>([
  [to(1), 1234, 1234],
  [to(5), 1234, 1230],
  [to(10), 1239, 1230],
  [to(100), 1299, 1200],
  [to(100), 1200, 1200],
  [ending(990), 12_991, 12_990],
  [ending(990), 12_989, 11_990],
  [ending(9), 1000, 999],
  [ending(99), 1098, 999],
  [ending(5000), 12_000, 5000],
])("%j takes %d down to %d", (rounding, price, rounded) => {
  expect(roundWithin(rounding, price, { least: 10, most: 20_000 })).toBe(rounded);
});

test.each<[string, Rounding, number, { least: number; most: number }, number | null]>([
  ["up when down is under the floor", to(100), 1250, { least: 1210, most: 1400 }, 1300],
  ["down to the floor itself", to(100), 1250, { least: 1200, most: 1400 }, 1200],
  ["up to the ceiling itself", to(100), 1250, { least: 1210, most: 1300 }, 1300],
  [
    "not at all where the grid is wider than the band",
    to(100),
    1250,
    { least: 1210, most: 1290 },
    null,
  ],
  ["not at all where the only ending lies above", ending(990), 700, { least: 10, most: 980 }, null],
  ["up to the first ending there is", ending(990), 700, { least: 10, most: 990 }, 990],
])("rounded %s", (_, rounding, price, band, rounded) => {
  expect(roundWithin(rounding, price, band)).toBe(rounded);
});

test("a rounded price is round, in the band, and as near as it can be", () => {
  const grids = [to(5), to(10), to(100), ending(9), ending(90), ending(990)];
  const price = fc.integer({ min: 10, max: 5_000 });
  fc.assert(
    fc.property(fc.constantFrom(...grids), price, price, price, (rounding, one, two, three) => {
      const [least = 0, wanted = 0, most = 0] = [one, two, three].sort((a, b) => a - b);
      const isRound = (at: number) =>
        rounding.kind === "to"
          ? at % rounding.value === 0
          : String(at).endsWith(String(rounding.value));
      const within = (at: number) => at >= least && at <= most && isRound(at);
      const all = Array.from({ length: most - least + 1 }, (_, nth) => least + nth).filter(within);
      const below = all.filter((at) => at <= wanted).at(-1);
      const above = all.find((at) => at > wanted);
      expect(roundWithin(rounding, wanted, { least, most })).toBe(below ?? above ?? null);
    }),
    { numRuns: 3_000 },
  );
});

const climbBy = (value: number): Partial<RepricingRule> => ({
  whenAlone: { kind: "climb", by: { unit: "tenge", value: tenge(value) } },
});
const wide = { floor: 10, ceiling: 100_000 };

describe("a price to be raised is never lowered by its rounding", () => {
  test.each<[string, Scenario, string]>([
    [
      "under the next",
      { current: 995, rivals: [1000], rule: { rounding: to(10) } },
      "already_at_target",
    ],
    [
      "in long steps",
      { ...wide, current: 10_500, rivals: [10_900], rule: { rounding: ending(990) } },
      "already_at_target",
    ],
    [
      "and capped",
      { current: 1050, ceiling: 1090, rivals: [5000], rule: { rounding: to(100) } },
      "already_at_target",
    ],
    [
      "alone",
      { current: 1050, ceiling: 1090, rule: { ...climbBy(100), rounding: to(100) } },
      "already_at_target",
    ],
    [
      "to a rival's price",
      { current: 1050, rivals: [1080], rule: { rounding: to(100), strategy: { kind: "match" } } },
      "already_at_target",
    ],
    [
      "once it is round",
      { current: 990, rivals: [1000], rule: { rounding: to(10) } },
      "already_at_target",
    ],
  ])("%s", (_, scenario, reason) => {
    expect(outcome(scenario)).toBe(`hold ${reason}`);
  });

  test("but still reaches a round price above it", () => {
    expect(
      outcome({ ...wide, current: 9_990, rivals: [11_900], rule: { rounding: ending(990) } }),
    ).toBe("change 10990 raised_under_next");
  });
});

test("a price that is to fall is not raised by its rounding, nor is one that is to stay", () => {
  const rule = { rounding: ending(990), maxDrop: 90 };
  const pinned = { floor: 1000, ceiling: 5000, rivals: [900], rule };
  expect(outcome({ ...pinned, current: 1500 })).toBe("change 1000 pinned_to_floor");
  expect(outcome({ ...pinned, current: 1000 })).toBe("hold already_at_target");
});

describe("rounding up goes past no rival it was put under", () => {
  const band = { floor: 1000, ceiling: 5000, current: 1500 };
  test.each<[string, Scenario, string]>([
    [
      "the cheapest",
      { ...band, rivals: [1300], rule: { rounding: ending(990) } },
      "change 1299 undercut",
    ],
    [
      "one it may be equal to",
      { ...band, rivals: [1300], rule: { rounding: ending(990), strategy: { kind: "match" } } },
      "change 1300 matched",
    ],
    [
      "the one of the place that is left",
      { ...band, rivals: [900, 1300], rule: { rounding: ending(990), whenBlocked: "next_place" } },
      "change 1299 fallback_position",
    ],
    [
      "nor comes to its side",
      { ...band, floor: 1095, rivals: [1100], rule: { rounding: to(100), maxDrop: 90 } },
      "change 1099 undercut",
    ],
    [
      "but up towards it",
      {
        ...band,
        floor: 1091,
        rivals: [1102],
        rule: { rounding: to(5), maxDrop: 90, step: { unit: "tenge", value: tenge(10) } },
      },
      "change 1095 undercut",
    ],
    [
      "and from a floor nobody is above, as far as it takes",
      {
        ...band,
        rivals: [900],
        rule: { rounding: to(100), maxDrop: 90 },
        floor: 1010,
      },
      "change 1100 pinned_to_floor",
    ],
  ])("%s", (_, scenario, expected) => {
    expect(outcome(scenario)).toBe(expected);
  });
});

test("a climb stays where the next round price is above the ceiling or too far at once", () => {
  const climb = { kind: "climb", by: { unit: "percent", value: 1 } } as const;
  const rule = { whenAlone: climb, rounding: ending(990) };
  expect(outcome({ current: 990, rule })).toBe("hold already_at_target");
  expect(outcome({ current: 990, ceiling: 2000, rule })).toBe("hold already_at_target");
  expect(outcome({ current: 4990, ceiling: 9000, rule })).toBe("change 5990 no_competitors_climb");
});

test("a climb is not rounded down to before our leading store", () => {
  const climb = { kind: "climb", by: { unit: "tenge", value: tenge(100) } } as const;
  const rule = { whenAlone: climb, rounding: { kind: "to", value: 100 } } as const;
  const lead = { kind: "behind", price: tenge(1029) } as const;
  expect(outcome({ current: 950, ceiling: 2000, rule, lead })).toBe(
    "change 1100 no_competitors_climb",
  );
});
