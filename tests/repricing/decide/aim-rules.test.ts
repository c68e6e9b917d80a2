import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import type { Amount } from "@/lib/repricing/rule/rule-model";
import { outcome, type Scenario } from "../../support/pricing";

const inTenge = (value: number): Amount => ({ unit: "tenge", value: tenge(value) });
const percent = (value: number): Amount => ({ unit: "percent", value });

type Row = [title: string, scenario: Scenario, expected: string];
const table = (rows: Row[]) =>
  test.each(rows)("%s", (_, scenario, expected) => {
    expect(outcome(scenario)).toBe(expected);
  });

const undercut: Row[] = [
  [
    "undercuts the cheapest rival by one step",
    { rivals: [1050, 1000, 1080] },
    "change 999 undercut",
  ],
  ["takes the first place from a tie", { current: 1000, rivals: [1000] }, "change 999 undercut"],
  [
    "undercuts by the step of the rule",
    { rivals: [1000], rule: { step: inTenge(25) } },
    "change 975 undercut",
  ],
  [
    "undercuts by a percentage of the rival's price",
    { rivals: [1000], rule: { step: percent(2) } },
    "change 980 undercut",
  ],
  [
    "rounds a percentage up to whole tenge",
    { rivals: [999], rule: { step: percent(1) } },
    "change 989 undercut",
  ],
  [
    "a hundredth of a percent is a tenge at least",
    { rivals: [1000], rule: { step: percent(0.01) } },
    "change 999 undercut",
  ],
  [
    "1.1 % of 1000 is 11, whatever floats think",
    { rivals: [1000], rule: { step: percent(1.1) } },
    "change 989 undercut",
  ],
  [
    "goes down to the floor, not to one above it",
    { current: 1000, rivals: [901] },
    "change 900 undercut",
  ],
  [
    "the order of the offers does not matter",
    { rivals: [1080, 1000, 1050] },
    "change 999 undercut",
  ],
  [
    "a rival far above does not matter to one near",
    { rivals: [1000, 90_000] },
    "change 999 undercut",
  ],
];
table(undercut);

const match: Row[] = [
  [
    "matches the cheapest rival",
    { rivals: [1050, 1000], rule: { strategy: { kind: "match" } } },
    "change 1000 matched",
  ],
  [
    "a matching price stays",
    { current: 1000, rivals: [1000], rule: { strategy: { kind: "match" } } },
    "hold already_at_target",
  ],
  [
    "rises to match",
    { current: 950, rivals: [1000], rule: { strategy: { kind: "match" } } },
    "change 1000 matched",
  ],
  [
    "whoever matches is not asked about being first",
    { current: 950, rivals: [1000], rule: { strategy: { kind: "match" }, whenFirst: "hold" } },
    "change 1000 matched",
  ],
  [
    "matches a rival at the floor",
    { rivals: [900], rule: { strategy: { kind: "match" }, maxDrop: 30 } },
    "change 900 matched",
  ],
  [
    "stops at the floor one above the rival",
    { rivals: [899], rule: { strategy: { kind: "match" }, maxDrop: 30 } },
    "change 900 pinned_to_floor",
  ],
];
table(match);

const fixedAt = (price: number, rest: Scenario["rule"] = {}) => ({
  rule: { strategy: { kind: "fixed", price: tenge(price) }, ...rest } as const,
});
const fixed: Row[] = [
  [
    "a fixed price is taken whatever rivals ask",
    { rivals: [500], ...fixedAt(1000) },
    "change 1000 fixed_price",
  ],
  [
    "a fixed price stays",
    { current: 1000, rivals: [500], ...fixedAt(1000) },
    "hold already_at_target",
  ],
  [
    "a fixed price under the floor is the floor",
    { current: 1000, rivals: [500], ...fixedAt(800) },
    "change 900 pinned_to_floor",
  ],
  [
    "a fixed price has no next place",
    { current: 1000, rivals: [500, 1100], ...fixedAt(800, { whenBlocked: "next_place" }) },
    "change 900 pinned_to_floor",
  ],
  [
    "a fixed price over the ceiling is the ceiling",
    { rivals: [500], ...fixedAt(1300) },
    "change 1200 capped_at_ceiling",
  ],
];
table(fixed);

const alone: Row[] = [
  [
    "alone, even a fixed price does as the rule says for being alone",
    fixedAt(1000),
    "hold no_competitors_hold",
  ],
  ["alone, it holds", {}, "hold no_competitors_hold"],
  [
    "alone, it goes to the ceiling",
    { rule: { whenAlone: { kind: "ceiling" } } },
    "change 1200 no_competitors_ceiling",
  ],
  [
    "alone at the ceiling, it stays",
    { current: 1200, rule: { whenAlone: { kind: "ceiling" } } },
    "hold already_at_target",
  ],
  [
    "alone, it climbs by tenge",
    { rule: { whenAlone: { kind: "climb", by: inTenge(50) } } },
    "change 1150 no_competitors_climb",
  ],
  [
    "alone, it climbs by a percentage of its own price",
    { current: 999, rule: { whenAlone: { kind: "climb", by: percent(1) } } },
    "change 1009 no_competitors_climb",
  ],
  [
    "the last climb ends at the ceiling",
    { current: 1190, rule: { whenAlone: { kind: "climb", by: inTenge(50) } } },
    "change 1200 capped_at_ceiling",
  ],
  [
    "at the ceiling there is nothing to climb",
    { current: 1200, rule: { whenAlone: { kind: "climb", by: inTenge(50) } } },
    "hold already_at_target",
  ],
  [
    "alone and above the ceiling, a hold stays a hold",
    { current: 1300 },
    "hold no_competitors_hold",
  ],
  ["alone and below the floor, it comes up to it", { current: 800 }, "change 900 raised_to_floor"],
  [
    "alone and below the floor, it climbs from the floor",
    { current: 800, rule: { whenAlone: { kind: "climb", by: inTenge(20) } } },
    "change 920 no_competitors_climb",
  ],
];
table(alone);
