import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tenge } from "@/lib/core/money";
import { type BulkChange, bulkChangeForm } from "@/lib/repricing/bulk/bulk-model";
import {
  type BulkSubject,
  countInto,
  emptyPreview,
  judgeBulk,
  judgeUndo,
} from "@/lib/repricing/bulk/bulk-rules";

const subject = ({ price = tenge(10_000), ...some }: Partial<BulkSubject> = {}): BulkSubject => ({
  name: "Чайник",
  price,
  dearest: price,
  botEnabled: false,
  floor: null,
  ceiling: null,
  anchor: null,
  rule: {},
  costFloor: null,
  costGaps: [],
  storeFromCost: false,
  costInFull: null,
  storeMarkup: null,
  onSale: true,
  mayChangePrice: true,
  mayChangeRule: true,
  ...some,
});
const floor = (percent: number): BulkChange => ({
  kind: "floor",
  to: { unit: "percent", value: percent },
});

describe("one product of a bulk change", () => {
  const cases: [string, Partial<BulkSubject>, BulkChange, object][] = [
    [
      "a bot without a floor stays off",
      {},
      { kind: "bot", enabled: true },
      { kind: "skip", why: "bot_needs_floor" },
    ],
    [
      "a bot that is on already is the same",
      { botEnabled: true },
      { kind: "bot", enabled: true },
      { kind: "same" },
    ],
    [
      "a bot with a floor goes on and remembers the price",
      { floor: tenge(9_000) },
      { kind: "bot", enabled: true },
      { kind: "change", after: { botEnabled: true, anchor: 10_000 } },
    ],
    [
      "a bot with a floor from cost goes on without a typed one",
      { costFloor: tenge(9_000), rule: { floorFromCost: true } },
      { kind: "bot", enabled: true },
      { kind: "change", after: { botEnabled: true } },
    ],
    [
      "a floor cannot come from a cost that is not known",
      {},
      { kind: "floorFromCost", on: true },
      { kind: "skip", why: "costs_missing" },
    ],
    [
      "a floor from cost is doubtful when it is under half of the price",
      { costFloor: tenge(4_900) },
      { kind: "floorFromCost", on: true },
      { kind: "change", after: { rule: { floorFromCost: true } }, doubtful: true },
    ],
    [
      "a floor from cost stays while the bot has no other",
      { botEnabled: true, costFloor: tenge(9_000), rule: { floorFromCost: true } },
      { kind: "floorFromCost", on: false },
      { kind: "skip", why: "bot_needs_floor" },
    ],
    [
      "a floor from cost goes back to what the store says",
      { costFloor: tenge(9_000), rule: { floorFromCost: false }, storeFromCost: true },
      { kind: "floorFromCost", on: null },
      { kind: "change", after: { rule: {} }, doubtful: false },
    ],
    [
      "a floor above the ceiling is refused",
      { ceiling: tenge(8_000) },
      floor(90),
      { kind: "skip", why: "floor_above_ceiling" },
    ],
    [
      "a floor under half of the price is doubtful",
      {},
      floor(49.99),
      { kind: "change", doubtful: true },
    ],
    ["a floor of half of the price is not", {}, floor(50), { kind: "change", doubtful: false }],
    [
      "a share of an unknown price cannot be known",
      { price: null },
      floor(90),
      { kind: "skip", why: "price_unknown" },
    ],
    [
      "a share below what Kaspi accepts is refused",
      { price: tenge(20) },
      floor(40),
      { kind: "skip", why: "price_below_minimum" },
    ],
    [
      "a ceiling leaves an old low floor unasked",
      { floor: tenge(10) },
      { kind: "ceiling", to: { unit: "percent", value: 120 } },
      { kind: "change", doubtful: false, after: { ceiling: 12_000 } },
    ],
    [
      "a limit is cleared",
      { ceiling: tenge(12_000) },
      { kind: "ceiling", to: null },
      { kind: "change", before: { ceiling: 12_000 }, after: { ceiling: null } },
    ],
    [
      "fields of a rule are set, and all others are as they were",
      { rule: { minRating: null, step: { unit: "tenge", value: tenge(5) } } },
      { kind: "rule", rule: { rounding: { kind: "ending", value: 990 }, minReviews: null } },
      {
        kind: "change",
        after: {
          rule: {
            minRating: null,
            step: { unit: "tenge", value: 5 },
            rounding: { kind: "ending", value: 990 },
            minReviews: null,
          },
        },
      },
    ],
    [
      "a rule that asks nothing of ratings still does so with another step",
      { rule: { minRating: null } },
      { kind: "step", step: { unit: "tenge", value: tenge(5) } },
      {
        kind: "change",
        after: { rule: { minRating: null, step: { unit: "tenge", value: 5 } } },
      },
    ],
    [
      "a strategy replaces a fixed price",
      { rule: { strategy: { kind: "fixed", price: tenge(500) } } },
      { kind: "strategy", strategy: "match" },
      { kind: "change", after: { rule: { strategy: { kind: "match" } } } },
    ],
    [
      "whose price is somebody else's is left alone",
      { mayChangePrice: false },
      { kind: "bot", enabled: false },
      { kind: "skip", why: "read_only" },
    ],
    [
      "whose rule is somebody else's is left alone",
      { mayChangeRule: false },
      { kind: "strategy", strategy: "match" },
      { kind: "skip", why: "read_only" },
    ],
  ];
  it.each(cases)("%s", (_title, some, change, expected) => {
    expect(judgeBulk(subject(some), change)).toMatchObject(expected);
  });
});

describe("putting it back", () => {
  const money = fc.integer({ min: 10, max: 100_000 }).map(tenge);
  const subjects = fc.record({
    price: fc.option(money),
    botEnabled: fc.boolean(),
    floor: fc.option(money),
    ceiling: fc.option(money),
    anchor: fc.option(money),
  });
  const changes = fc.oneof(
    fc.boolean().map((enabled): BulkChange => ({ kind: "bot", enabled })),
    fc
      .tuple(
        fc.constantFrom("floor" as const, "ceiling" as const),
        fc.integer({ min: 1, max: 300 }),
      )
      .map(([kind, value]): BulkChange => ({ kind, to: { unit: "percent", value } })),
    fc.constant<BulkChange>({ kind: "ceiling", to: null }),
    fc.constant<BulkChange>({ kind: "strategy", strategy: "match" }),
  );

  it("restores every field of whatever was valid before", () => {
    fc.assert(
      fc.property(subjects, changes, (some, change) => {
        const before = subject(some);
        fc.pre(before.floor === null || before.ceiling === null || before.floor <= before.ceiling);
        fc.pre(!before.botEnabled || before.floor !== null);
        const done = judgeBulk(before, change);
        if (done.kind !== "change") return;
        const undone = judgeUndo({ ...before, ...done.after }, done);
        expect(undone).toMatchObject({ kind: "change", doubtful: false, after: done.before });
      }),
    );
  });

  it("skips what somebody has changed since", () => {
    const done = { before: { floor: null }, after: { floor: tenge(9_000) } };
    expect(judgeUndo(subject({ floor: tenge(9_100) }), done)).toEqual({
      kind: "skip",
      why: "changed_since",
    });
  });

  it("does not put back a floor above a ceiling set since", () => {
    const done = { before: { floor: tenge(9_000) }, after: { floor: tenge(5_000) } };
    const now = subject({ floor: tenge(5_000), ceiling: tenge(8_000) });
    expect(judgeUndo(now, done)).toEqual({ kind: "skip", why: "floor_above_ceiling" });
  });
});

describe("the preview", () => {
  it("names the longest way down and counts each product once", () => {
    const all = [
      subject({ name: "Чайник", price: tenge(10_000) }),
      subject({ name: "Утюг", price: tenge(20_000), onSale: false }),
      subject({ name: "Ноутбук", price: null }),
      subject({ name: "Пылесос", price: tenge(30_000), floor: tenge(15_000) }),
    ];
    const change: BulkChange = { kind: "floor", to: { unit: "tenge", value: tenge(15_000) } };
    const preview = all.reduce(
      (counted, one) => countInto(counted, one, change, judgeBulk(one, change)),
      emptyPreview(),
    );
    expect(preview).toMatchObject({ total: 4, changes: 3, same: 1, offSale: 1, skipped: [] });
    expect(preview.worst).toEqual({ name: "Утюг", price: 20_000, limit: 15_000, percent: -25 });
  });
});

describe("the form", () => {
  it.each([
    [
      { kind: "floor", unit: "percent", value: "85,5 %" },
      { kind: "floor", to: { unit: "percent", value: 85.5 } },
    ],
    [
      { kind: "ceiling", unit: "tenge", value: "12 990 ₸" },
      { kind: "ceiling", to: { unit: "tenge", value: 12_990 } },
    ],
    [
      { kind: "step", unit: "clear", value: "" },
      { kind: "step", step: null },
    ],
    [
      { kind: "strategy", value: "" },
      { kind: "strategy", strategy: null },
    ],
  ])("reads %j", (form, change) => {
    expect(bulkChangeForm.parse(form)).toEqual(change);
  });

  it.each([
    ["", "percent", "field_empty"],
    ["0", "percent", "not_a_share"],
    ["1001", "percent", "not_a_share"],
    ["5", "tenge", "price_below_minimum"],
    ["дёшево", "tenge", "not_a_number"],
  ] as const)("refuses «%s» in %s", (value, unit, message) => {
    const read = bulkChangeForm.safeParse({ kind: "floor", unit, value });
    expect(read.error?.issues.map((issue) => issue.message)).toContain(message);
  });
});
