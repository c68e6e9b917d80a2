import { expect, test } from "vitest";
import { ruleForm } from "@/lib/repricing/rule/rule-form-model";
import { ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";

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

test("who counts, how prices look and when they move are part of the form", () => {
  expect(
    ruleForm.parse({
      strategy: "position",
      place: "2",
      floorSource: "cost",
      excludeList: "some",
      excludeSellers: "11271005, 30463420\n11271005",
      onlyList: "some",
      onlySellers: "30463420 17203946",
      rating: "least",
      minRating: "4,5",
      reviews: "any",
      delivery: "fast",
      outliers: "ignore",
      outlierPercent: "50 %",
      rounding: "100",
      schedule: "ceiling",
      windows: "51 22:00-06:00",
    }),
  ).toEqual({
    strategy: { kind: "position", place: 2 },
    floorFromCost: true,
    excludeRivals: ["11271005", "30463420"],
    onlyRivals: ["30463420", "17203946"],
    minRating: 4.5,
    minReviews: null,
    fastAsOurs: true,
    outlierPercent: 50,
    rounding: { kind: "to", value: 100 },
    schedule: { windows: [{ days: [1, 5], from: 1320, to: 360 }], outside: "ceiling" },
  });
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
  ["a place must be given", { strategy: "position" }, ["place", "field_empty"]],
  ["a place is at most 50", { strategy: "position", place: "51" }, ["place", "not_a_place"]],
  ["an average needs its number", { strategy: "average" }, ["averageOf", "field_empty"]],
  ["a list needs its sellers", { onlyList: "some" }, ["onlySellers", "field_empty"]],
  [
    "a seller is no sentence",
    { excludeList: "some", excludeSellers: "a/b" },
    ["excludeSellers", "sellers_unreadable"],
  ],
  ["a rating must be given", { rating: "least" }, ["minRating", "field_empty"]],
  ["a rating is at most 5", { rating: "least", minRating: "5,1" }, ["minRating", "not_a_rating"]],
  ["reviews are whole", { reviews: "least", minReviews: "1,5" }, ["minReviews", "not_reviews"]],
  ["an outlier needs its share", { outliers: "ignore" }, ["outlierPercent", "field_empty"]],
  ["an ending must be given", { rounding: "ending" }, ["ending", "field_empty"]],
  [
    "an ending has at most four digits",
    { rounding: "ending", ending: "12990" },
    ["ending", "not_an_ending"],
  ],
  ["a schedule needs its hours", { schedule: "hold" }, ["windows", "schedule_incomplete"]],
  [
    "hours need days",
    { schedule: "hold", windows: " 09:00-21:00" },
    ["windows", "schedule_incomplete"],
  ],
  [
    "hours need an end",
    { schedule: "hold", windows: "1 09:00-" },
    ["windows", "schedule_incomplete"],
  ],
  [
    "no hour is the 25th",
    { schedule: "hold", windows: "1 25:00-02:00" },
    ["windows", "schedule_incomplete"],
  ],
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
