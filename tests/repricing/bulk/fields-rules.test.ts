import { describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import type { BulkSubject } from "@/lib/repricing/bulk/bulk-rules";
import { computedBy, judgeFields } from "@/lib/repricing/bulk/fields-rules";

const subject: BulkSubject = {
  name: "Чайник",
  price: tenge(10_000),
  dearest: tenge(10_000),
  botEnabled: true,
  floor: tenge(8_000),
  ceiling: tenge(12_000),
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
};
const of = (over: Partial<BulkSubject>): BulkSubject => ({ ...subject, ...over });
const costing = (floor: number) =>
  computedBy({ floor: { kind: "floor", floor: tenge(floor), gaps: [] }, inFull: tenge(floor - 1) });
const uncosted = computedBy({ floor: { kind: "impossible" }, inFull: null });

describe("several fields of a product at once", () => {
  test("are judged by what all of them make, not one by one", () => {
    const both = { floor: tenge(13_000), ceiling: tenge(15_000) };
    expect(judgeFields(subject, both, null)).toMatchObject({ kind: "fine", after: both });
    expect(judgeFields(subject, { floor: tenge(13_000) }, null)).toEqual({
      kind: "refused",
      why: "floor_above_ceiling",
    });
  });

  test("let a bot come on with the floor that comes with it, and give it the price of now", () => {
    const bare = of({ botEnabled: false, floor: null });
    expect(judgeFields(bare, { botEnabled: true }, null)).toMatchObject({ why: "bot_needs_floor" });
    const wanted = { botEnabled: true, floor: tenge(9_000) };
    expect(judgeFields(bare, wanted, null)).toMatchObject({
      ...{ kind: "fine", before: { botEnabled: false, floor: null, anchor: null } },
      after: { ...wanted, anchor: 10_000 },
      worst: { price: 10_000, limit: 9_000, percent: -10 },
    });
  });

  test("leave out what the product has already", () => {
    const same = { floor: tenge(8_000), rule: {}, ceiling: tenge(11_000) };
    expect(judgeFields(subject, same, null)).toMatchObject({
      before: { ceiling: 12_000 },
      after: { ceiling: 11_000 },
    });
  });
});

describe("costs that come with them", () => {
  const rule = { floorFromCost: true };

  test("make the floor that a rule asks for", () => {
    expect(judgeFields(subject, { rule }, null)).toMatchObject({ why: "costs_missing" });
    expect(judgeFields(subject, { rule }, uncosted)).toMatchObject({ why: "costs_missing" });
    expect(judgeFields(subject, { rule }, costing(9_000))).toMatchObject({
      ...{ kind: "fine", isDoubtful: false, worst: { limit: 9_000 } },
    });
  });

  test("alone are asked about when the floor falls under half of the price, and never refused", () => {
    const ruled = of({ rule, floor: null, costFloor: tenge(9_000) });
    expect(judgeFields(ruled, {}, costing(4_000))).toMatchObject({
      kind: "fine",
      isDoubtful: true,
    });
    expect(judgeFields(ruled, {}, costing(6_000))).toMatchObject({ isDoubtful: false });
    expect(judgeFields(ruled, {}, costing(20_000))).toMatchObject({ kind: "fine" });
    expect(judgeFields(ruled, {}, uncosted)).toMatchObject({ kind: "fine", isDoubtful: false });
  });

  test("count for nothing where the rule does not ask for them", () => {
    expect(judgeFields(subject, {}, costing(1_000))).toMatchObject({
      ...{ kind: "fine", isDoubtful: false, worst: null, after: {} },
    });
  });
});
