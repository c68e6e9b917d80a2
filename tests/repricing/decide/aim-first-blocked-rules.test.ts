import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import type { Amount } from "@/lib/repricing/rule/rule-model";
import { decide, outcome, type Scenario } from "../../support/pricing";

const inTenge = (value: number): Amount => ({ unit: "tenge", value: tenge(value) });

type Row = [title: string, scenario: Scenario, expected: string];
const table = (rows: Row[]) =>
  test.each(rows)("%s", (_, scenario, expected) => {
    expect(outcome(scenario)).toBe(expected);
  });

const first: Row[] = [
  [
    "first and allowed to, it rises under the next",
    { current: 950, rivals: [1000, 1100] },
    "change 999 raised_under_next",
  ],
  [
    "first and told to hold, it holds",
    { current: 950, rivals: [1000], rule: { whenFirst: "hold" } },
    "hold already_first",
  ],
  ["first by exactly one step, it stays", { current: 999, rivals: [1000] }, "hold already_first"],
  [
    "first by less than a step, it does not go lower",
    { current: 999, rivals: [1000], rule: { step: inTenge(10) } },
    "hold already_first",
  ],
  [
    "a tie is not first, even when told to hold",
    { current: 1000, rivals: [1000], rule: { whenFirst: "hold" } },
    "change 999 undercut",
  ],
  [
    "it rises no further than the ceiling",
    { current: 1150, rivals: [1500] },
    "change 1200 capped_at_ceiling",
  ],
  ["first at the ceiling, it stays", { current: 1200, rivals: [1500] }, "hold already_at_target"],
  [
    "first above the ceiling and told to hold, it holds",
    { current: 1300, rivals: [1500], rule: { whenFirst: "hold" } },
    "hold already_first",
  ],
  [
    "first above the ceiling, it comes down to it",
    { current: 1300, rivals: [1500] },
    "change 1200 capped_at_ceiling",
  ],
  [
    "first at the floor with a large step, it stays",
    { current: 900, rivals: [905], rule: { step: inTenge(10) } },
    "hold already_first",
  ],
  [
    "first at the floor, it rises as soon as it can",
    { current: 900, rivals: [1000] },
    "change 999 raised_under_next",
  ],
];
table(first);

const blocked = (
  whenBlocked: "floor" | "next_place" | "ceiling" | "hold",
  rest: Scenario,
): Scenario => ({
  ...rest,
  rule: { maxDrop: 30, whenBlocked, ...rest.rule },
});
const blockedRows: Row[] = [
  [
    "a rival at the floor: the floor, not one below",
    blocked("floor", { rivals: [900] }),
    "change 900 pinned_to_floor",
  ],
  [
    "a rival one above the floor: the floor, and first",
    blocked("floor", { rivals: [901] }),
    "change 900 undercut",
  ],
  [
    "a rival below the floor: the floor",
    blocked("floor", { rivals: [500] }),
    "change 900 pinned_to_floor",
  ],
  [
    "at the floor already, it stays",
    blocked("floor", { current: 900, rivals: [500] }),
    "hold already_at_target",
  ],
  [
    "a step larger than the rival's price is no price below zero",
    blocked("floor", { rivals: [15], rule: { step: inTenge(500) } }),
    "change 900 pinned_to_floor",
  ],
  [
    "the next place whose price is allowed",
    blocked("next_place", { rivals: [500, 800, 1000, 1100] }),
    "change 999 fallback_position",
  ],
  [
    "the next place may be just at the floor",
    blocked("next_place", { rivals: [500, 901] }),
    "change 900 fallback_position",
  ],
  [
    "no place to be had: the floor",
    blocked("next_place", { rivals: [500, 600] }),
    "change 900 pinned_to_floor",
  ],
  [
    "the next place may be above the present price",
    blocked("next_place", { current: 950, rivals: [500, 1100] }),
    "change 1099 fallback_position",
  ],
  [
    "in the next place already, it stays",
    blocked("next_place", { current: 999, rivals: [500, 1000] }),
    "hold already_at_target",
  ],
  [
    "the next place lies above the ceiling: the ceiling",
    blocked("next_place", { rivals: [500, 5000] }),
    "change 1200 capped_at_ceiling",
  ],
  [
    "matching, the next place is the next rival's price",
    blocked("next_place", { rivals: [500, 950], rule: { strategy: { kind: "match" } } }),
    "change 950 fallback_position",
  ],
  [
    "rivals in a tie leave the same next place",
    blocked("next_place", { rivals: [500, 1000, 1000] }),
    "change 999 fallback_position",
  ],
  [
    "blocked, it goes to the ceiling",
    blocked("ceiling", { rivals: [500] }),
    "change 1200 blocked_to_ceiling",
  ],
  [
    "blocked at the ceiling, it stays",
    blocked("ceiling", { current: 1200, rivals: [500] }),
    "hold already_at_target",
  ],
  ["blocked, it holds", blocked("hold", { rivals: [500] }), "hold blocked_hold"],
  [
    "blocked and below the floor, a hold comes up to it",
    blocked("hold", { current: 800, rivals: [500] }),
    "change 900 raised_to_floor",
  ],
  [
    "blocked above the ceiling, a hold stays a hold",
    blocked("hold", { current: 1300, rivals: [500] }),
    "hold blocked_hold",
  ],
];
table(blockedRows);

test.each<[string, Scenario, string | undefined]>([
  ["a rival below the floor blocks", { rivals: [500], current: 900 }, "rival"],
  [
    "a rival within a step of the floor blocks by the step",
    { rivals: [900], current: 900 },
    "step",
  ],
  [
    "a fixed price below the floor blocks itself",
    { current: 900, rivals: [5000], rule: { strategy: { kind: "fixed", price: tenge(800) } } },
    "rule",
  ],
  ["a price that is not blocked is blocked by nothing", { rivals: [1000] }, undefined],
])("%s", (_, scenario, blockedBy) => {
  expect(decide(scenario).params.blockedBy).toBe(blockedBy);
});
