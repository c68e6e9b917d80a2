import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { outcome, type Scenario } from "../../support/pricing";

type Row = [title: string, scenario: Scenario, expected: string];
const gaps = [[tenge(990), tenge(1010)]] as const;
const behind = (price: number) => ({ kind: "behind", price: tenge(price) }) as const;
const wide = { floor: 10, ceiling: 100_000 };

test.each<Row>([
  [
    "a drop of exactly 15 % is made",
    { ...wide, current: 1000, rivals: [851] },
    "change 850 undercut",
  ],
  [
    "a larger drop stops at 15 %",
    { ...wide, current: 1000, rivals: [850] },
    "change 850 step_guard",
  ],
  [
    "a rise of exactly 30 % is made",
    { ...wide, current: 1000, rivals: [1301] },
    "change 1300 raised_under_next",
  ],
  [
    "a larger rise stops at 30 %",
    { ...wide, current: 1000, rivals: [1302] },
    "change 1300 step_guard",
  ],
  [
    "a change of exactly 40 % is clamped, not frozen",
    { ...wide, current: 1000, rivals: [601] },
    "change 850 step_guard",
  ],
  [
    "a drop beyond 40 % waits for a person",
    { ...wide, current: 1000, rivals: [600] },
    "hold 599 anomaly_frozen",
  ],
  [
    "a rise beyond 40 % waits for a person",
    { ...wide, current: 1000, rivals: [1402] },
    "hold 1401 anomaly_frozen",
  ],
  [
    "the guards are the rule's own",
    { ...wide, current: 1000, rivals: [851], rule: { maxDrop: 5 } },
    "change 950 step_guard",
  ],
  [
    "so is the freeze",
    { ...wide, current: 1000, rivals: [851], rule: { freeze: 10 } },
    "hold 850 anomaly_frozen",
  ],
  [
    "a guard of half a percent works",
    { ...wide, current: 1000, rivals: [900], rule: { maxDrop: 0.5 } },
    "change 995 step_guard",
  ],
  [
    "a guard smaller than one tenge lets nothing through",
    { ...wide, current: 50, rivals: [49], rule: { maxDrop: 1 } },
    "hold already_at_target",
  ],
  [
    "the largest allowed drop rounds towards the present price",
    { ...wide, current: 999, rivals: [700] },
    "change 850 step_guard",
  ],
  [
    "the largest allowed rise rounds towards the present price",
    { ...wide, current: 999, rivals: [1390] },
    "change 1298 step_guard",
  ],
  [
    "a rise to the ceiling beyond the guard goes part of the way",
    { floor: 100, ceiling: 1390, current: 1000, rule: { whenAlone: { kind: "ceiling" } } },
    "change 1300 step_guard",
  ],
  [
    "the target is frozen after the ceiling has met it",
    { ...wide, ceiling: 1200, current: 1000, rivals: [9000] },
    "change 1200 capped_at_ceiling",
  ],
])("%s", (_, scenario, expected) => {
  expect(outcome(scenario)).toBe(expected);
});

test.each<Row>([
  [
    "below its floor a price goes to the floor at once",
    { current: 700, rivals: [600] },
    "change 900 raised_to_floor",
  ],
  [
    "even when the rise is larger than its guard",
    { current: 680, rivals: [600] },
    "change 900 raised_to_floor",
  ],
  [
    "a rise of 40 % to the floor is made",
    { floor: 980, current: 700, rivals: [600] },
    "change 980 raised_to_floor",
  ],
  [
    "beyond it a person is asked",
    { floor: 981, current: 700, rivals: [600] },
    "hold 981 anomaly_frozen",
  ],
  [
    "what lifts it above the floor has its own reason",
    { current: 850, rivals: [1000] },
    "change 999 raised_under_next",
  ],
  [
    "what lifts it further than the guard is clamped above the floor",
    { current: 800, rivals: [1101] },
    "change 1040 step_guard",
  ],
  [
    "a guard below the floor gives way to the floor",
    { floor: 940, current: 700, rivals: [975] },
    "change 940 raised_to_floor",
  ],
  [
    "freeze looks at the whole way, from the real price",
    { current: 700, rivals: [1000] },
    "hold 999 anomaly_frozen",
  ],
  [
    "a rival between the price and its floor does not lower the floor",
    { current: 800, rivals: [850] },
    "change 900 raised_to_floor",
  ],
  [
    "a rival just above the floor leaves it at the floor",
    { current: 800, rivals: [901] },
    "change 900 raised_to_floor",
  ],
  [
    "matching a rival at the floor is coming up to the floor",
    { current: 800, rivals: [900], rule: { strategy: { kind: "match" } } },
    "change 900 raised_to_floor",
  ],
  [
    "blocked below its floor it may go to the ceiling",
    { current: 950, floor: 960, ceiling: 1200, rivals: [500], rule: { whenBlocked: "ceiling" } },
    "change 1200 blocked_to_ceiling",
  ],
])("%s", (_, scenario, expected) => {
  expect(outcome(scenario)).toBe(expected);
});

test.each<Row>([
  [
    "above its ceiling a price comes down to it",
    { current: 1300, rivals: [1250] },
    "change 1200 capped_at_ceiling",
  ],
  [
    "even when the drop is larger than its guard",
    { current: 1500, rivals: [1400] },
    "change 1200 capped_at_ceiling",
  ],
  [
    "but not further than freeze allows",
    { current: 2001, rivals: [1900] },
    "hold 1200 anomaly_frozen",
  ],
  [
    "an undercut below the ceiling is kept",
    { current: 1300, rivals: [1150] },
    "change 1149 undercut",
  ],
  [
    "a guard above the ceiling gives way to the ceiling",
    { current: 1500, rivals: [1101] },
    "change 1200 capped_at_ceiling",
  ],
  [
    "a ceiling below every rival is the price",
    { current: 1100, rivals: [1300, 1400] },
    "change 1200 capped_at_ceiling",
  ],
])("%s", (_, scenario, expected) => {
  expect(outcome(scenario)).toBe(expected);
});

test.each<Row>([
  [
    "floor and ceiling in one leave one price",
    { floor: 1000, ceiling: 1000, rivals: [700] },
    "change 1000 pinned_to_floor",
  ],
  [
    "from below as well",
    { floor: 1000, ceiling: 1000, current: 900, rivals: [1500] },
    "change 1000 raised_to_floor",
  ],
  [
    "and nothing to do once there",
    { floor: 1000, ceiling: 1000, current: 1000, rivals: [1500] },
    "hold already_at_target",
  ],
  [
    "a floor under 10 ₸ is 10 ₸",
    { floor: 1, ceiling: 100, current: 11, rivals: [3] },
    "change 10 pinned_to_floor",
  ],
  [
    "at 10 ₸ there is no way down",
    { floor: 10, ceiling: 100, current: 10, rivals: [10] },
    "hold already_at_target",
  ],
  [
    "a price Kaspi would refuse comes up to 10 ₸",
    { floor: 5, ceiling: 100, current: 8, rivals: [3] },
    "change 10 raised_to_floor",
  ],
  [
    "a gap of profit is left downwards",
    { current: 1100, rivals: [1006], rule: { gaps } },
    "change 989 undercut",
  ],
  [
    "but upwards where our leading store is in between",
    { current: 1100, rivals: [900], rule: { gaps }, lead: behind(1000) },
    "change 1011 behind_own_store",
  ],
  [
    "and not at all once there",
    { current: 1011, rivals: [900], rule: { gaps }, lead: behind(1000) },
    "hold already_at_target",
  ],
  [
    "downwards all the same where the ceiling leaves no other way",
    { current: 1100, ceiling: 1005, rivals: [900], rule: { gaps }, lead: behind(1000) },
    "change 989 behind_own_store",
  ],
  [
    "the dearest things keep their tenge",
    { floor: 10, ceiling: 999_999_999, current: 999_999_999, rivals: [999_999_999] },
    "change 999999998 undercut",
  ],
])("%s", (_, scenario, expected) => {
  expect(outcome(scenario)).toBe(expected);
});
