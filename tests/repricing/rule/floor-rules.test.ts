import { describe, expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import type { PriceGap } from "@/lib/costs/model";
import { effectiveFloor } from "@/lib/repricing/rule/floor-rules";

const gaps: PriceGap[] = [[tenge(1200), tenge(1399)]];
const floor = (typed: number | null, computed: number | null, floorFromCost = true) =>
  effectiveFloor({
    typed: typed as Tenge | null,
    computed: computed as Tenge | null,
    gaps,
    floorFromCost,
  });

describe("the floor that counts", () => {
  test("is the typed one as long as the rule does not ask for the computed one", () => {
    expect(floor(900, 1100, false)).toBe(900);
    expect(floor(null, 1100, false)).toBeNull();
  });

  test("is the higher one when it does", () => {
    expect(floor(900, 1100)).toBe(1100);
    expect(floor(1150, 1100)).toBe(1150);
    expect(floor(null, 1100)).toBe(1100);
  });

  test("is missing when it was to be computed and cannot be, whatever was typed", () => {
    expect(floor(900, null)).toBeNull();
  });

  test("stands above a stretch that earns too little", () => {
    expect(floor(1250, 1100)).toBe(1400);
  });
});
