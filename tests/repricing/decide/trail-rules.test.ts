import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { decide, type Scenario } from "../../support/pricing";

const wide = { floor: 10, ceiling: 100_000 };

test("an unchanged price says what it would otherwise be", () => {
  const because = (scenario: Scenario) => decide(scenario).params.because;
  expect(because({ current: 900, rivals: [500] })).toBe("pinned_to_floor");
  expect(because({ current: 1200, rivals: [1500] })).toBe("capped_at_ceiling");
  expect(because({ current: 1200, rule: { whenAlone: { kind: "ceiling" } } })).toBe(
    "no_competitors_ceiling",
  );
  expect(because({ current: 50, floor: 10, rivals: [49], rule: { maxDrop: 1 } })).toBe(
    "step_guard",
  );
});

test("a clamped change says how much was wanted and what the limit is", () => {
  expect(decide({ ...wide, current: 1000, rivals: [801] })).toMatchObject({
    kind: "change",
    reason: "step_guard",
    params: { current: 1000, price: 850, percent: 20, limit: 15, rival: 801, rivals: 1 },
  });
  expect(decide({ ...wide, current: 1000, rivals: [1361] }).params).toMatchObject({
    percent: 36,
    limit: 30,
  });
});

test("a frozen change names the price a person is asked to approve", () => {
  expect(decide({ ...wide, current: 1000, rivals: [598] })).toEqual({
    kind: "hold",
    reason: "anomaly_frozen",
    wanted: 597,
    params: {
      current: 1000,
      floor: 10,
      ceiling: 100_000,
      wanted: 597,
      rival: 598,
      rivals: 1,
      preorders: 0,
      percent: 40.3,
      limit: 40,
    },
    trail: [
      { clamp: "strategy", before: 1000, after: 597 },
      { clamp: "freeze", before: 597, after: 1000 },
    ],
  });
});

type Step = [clamp: string, before: number, after: number];
test.each<[string, Scenario, Step[]]>([
  ["a plain undercut is one step", { rivals: [1000] }, [["strategy", 1100, 999]]],
  ["a hold has taken no step", { current: 999, rivals: [1000] }, []],
  [
    "a target below zero is shown as it was",
    { current: 1000, rivals: [100], rule: { step: { unit: "tenge", value: tenge(500) } } },
    [
      ["strategy", 1000, -400],
      ["blocked", -400, 900],
    ],
  ],
  [
    "a price below its floor starts from the floor",
    { current: 850, rivals: [1000] },
    [
      ["below_floor", 850, 900],
      ["strategy", 900, 999],
    ],
  ],
  [
    "a ceiling is a step",
    { rivals: [1500] },
    [
      ["strategy", 1100, 1499],
      ["ceiling", 1499, 1200],
    ],
  ],
  [
    "a guard is a step",
    { ...wide, current: 1000, rivals: [801] },
    [
      ["strategy", 1000, 800],
      ["step_guard", 800, 850],
    ],
  ],
  [
    "a floor that wins over the guard comes after it",
    { floor: 940, current: 700, rivals: [600] },
    [
      ["below_floor", 700, 940],
      ["strategy", 940, 599],
      ["blocked", 599, 940],
      ["step_guard", 940, 910],
      ["floor", 910, 940],
    ],
  ],
  [
    "so does a ceiling",
    { current: 1500, rivals: [1400] },
    [
      ["strategy", 1500, 1399],
      ["ceiling", 1399, 1200],
      ["step_guard", 1200, 1275],
      ["ceiling", 1275, 1200],
    ],
  ],
])("%s", (_, scenario, expected) => {
  const steps = decide(scenario).trail.map(({ clamp, before, after }) => [clamp, before, after]);
  expect(steps).toEqual(expected);
});
