import { expect, test } from "vitest";
import { ruleForm } from "@/lib/repricing/rule-form";
import { ruleOverrideSchema } from "@/lib/repricing/rule-model";

test("an empty form overrides nothing", () => {
  expect(ruleForm.parse({})).toEqual({});
  expect(
    ruleForm.parse({ strategy: "", stepValue: "", stepUnit: "", whenFirst: "", maxDrop: "" }),
  ).toEqual({});
});

test("a full form is a full rule", () => {
  const rule = ruleForm.parse({
    strategy: "fixed",
    fixedPrice: "12 990",
    stepValue: "0,5",
    stepUnit: "percent",
    whenAlone: "climb",
    climbValue: "50",
    climbUnit: "tenge",
    whenFirst: "hold",
    whenBlocked: "next_place",
    preorders: "count",
    maxDrop: "10",
    maxRise: "20 %",
    freeze: "35",
    intervalMinutes: "15",
  });
  expect(rule).toEqual({
    strategy: { kind: "fixed", price: 12_990 },
    step: { unit: "percent", value: 0.5 },
    whenAlone: { kind: "climb", by: { unit: "tenge", value: 50 } },
    whenFirst: "hold",
    whenBlocked: "next_place",
    ignorePreorders: false,
    maxDrop: 10,
    maxRise: 20,
    freeze: 35,
    intervalMinutes: 15,
  });
  expect(ruleOverrideSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
});

test("a step is in tenge unless its unit says otherwise", () => {
  expect(ruleForm.parse({ stepValue: "5" })).toEqual({ step: { unit: "tenge", value: 5 } });
});

test("choices without numbers need none", () => {
  expect(ruleForm.parse({ strategy: "match", whenAlone: "ceiling", preorders: "ignore" })).toEqual({
    strategy: { kind: "match" },
    whenAlone: { kind: "ceiling" },
    ignorePreorders: true,
  });
});

test.each<[string, Record<string, string>, [string, string]]>([
  ["a fixed price must be given", { strategy: "fixed" }, ["fixedPrice", "field_empty"]],
  ["a climb must be given", { whenAlone: "climb" }, ["climbValue", "field_empty"]],
  ["a step is at least 1 ₸", { stepValue: "0" }, ["stepValue", "number_below_one"]],
  ["a step of half a tenge is none", { stepValue: "0,5" }, ["stepValue", "number_decimals"]],
  [
    "a step is at most 100 %",
    { stepValue: "150", stepUnit: "percent" },
    ["stepValue", "not_a_percent"],
  ],
  [
    "a fixed price is a price",
    { strategy: "fixed", fixedPrice: "9" },
    ["fixedPrice", "price_below_minimum"],
  ],
  ["a guard is a percentage", { maxDrop: "много" }, ["maxDrop", "not_a_percent"]],
  ["an interval is minutes", { intervalMinutes: "0" }, ["intervalMinutes", "not_minutes"]],
])("%s", (_, form, [path, message]) => {
  const { error } = ruleForm.safeParse(form);
  expect(error?.issues.map((issue) => [issue.path[0], issue.message])).toContainEqual([
    path,
    message,
  ]);
});

test("a choice that is not offered is refused", () => {
  expect(ruleForm.safeParse({ strategy: "average" }).success).toBe(false);
  expect(ruleForm.safeParse({ whenBlocked: "give_up" }).success).toBe(false);
});

test("an override with a key nobody knows is refused, so that no floor hides in a store's rule", () => {
  expect(ruleOverrideSchema.safeParse({ floor: 10 }).success).toBe(false);
  expect(ruleOverrideSchema.safeParse({ enabled: true }).success).toBe(false);
  expect(ruleOverrideSchema.safeParse({}).success).toBe(true);
});

test.each([
  { strategy: { kind: "fixed", price: 9 } },
  { strategy: { kind: "fixed", price: 990.5 } },
  { strategy: { kind: "fixed" } },
  { step: { unit: "tenge", value: 0 } },
  { step: { unit: "percent", value: 0.001 } },
  { step: { unit: "percent", value: 101 } },
  { maxDrop: 0 },
  { freeze: -1 },
  { intervalMinutes: 0 },
  { intervalMinutes: 1.5 },
])("%j is no rule", (override) => {
  expect(ruleOverrideSchema.safeParse(override).success).toBe(false);
});
