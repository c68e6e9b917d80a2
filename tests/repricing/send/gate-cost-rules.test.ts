import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { solveFloor } from "@/lib/costs/floor-rules";
import { earnsEnough } from "@/lib/repricing/send/gate-cost-rules";
import { type ExitInput, judgeExit } from "@/lib/repricing/send/gate-rules";
import { anyTerms, band, terms } from "../../costs/terms";
import { exitOf } from "../../support/exit";

const known = (over: Record<string, unknown> = {}) =>
  ({ kind: "terms", terms: terms(over) }) as const;

function verdict(
  price: number,
  over: Partial<ExitInput["product"]>,
  origin: "bot" | "manual" = "bot",
) {
  const bought = { floor: null, ceiling: null, anchor: tenge(1500), earnings: known() };
  const judged = judgeExit(
    exitOf({
      decision: { price: tenge(price), origin, believed: tenge(1500) },
      product: { ...bought, ...over },
      kaspi: { price: tenge(1500) },
    }),
  );
  return "why" in judged ? judged.why : judged.kind;
}

describe("the gate, where the floor comes from cost", () => {
  test("asks of the price itself whether it earns enough", () => {
    expect(verdict(1000, {})).toBe("pass");
    expect(verdict(999, {})).toBe("unprofitable");
    expect(verdict(999, {}, "manual")).toBe("unprofitable");
  });

  test("asks for the typed floor, too", () => {
    expect(verdict(1100, { floor: tenge(1200) })).toBe("below_floor");
  });

  test("refuses a price above the floor that earns too little again", () => {
    const earnings = known({ bands: [band(0, 0), band(1200, 300)] });
    expect([1000, 1199, 1200, 1299, 1300].map((price) => verdict(price, { earnings }))).toEqual([
      "pass",
      "pass",
      "unprofitable",
      "unprofitable",
      "pass",
    ]);
  });

  test("lets nothing of a bot's pass while something is not set; a person may", () => {
    const earnings = { kind: "missing", missing: ["tax"] } as const;
    expect(verdict(1400, { earnings: { ...earnings, missing: ["tax"] } })).toBe("missing_costs");
    expect(verdict(1400, { earnings: { ...earnings, missing: ["tax"] } }, "manual")).toBe("pass");
  });

  test("lets a price rise over its anchor as far as the floor asks for, and no tenge further", () => {
    const over = { anchor: tenge(900), earnings: known() };
    expect(verdict(1000, over)).toBe("pass");
    expect(verdict(1001, over)).toBe("above_ceiling");
  });
});

test("the gate agrees with the solver about every price", () => {
  fc.assert(
    fc.property(anyTerms, fc.integer({ min: 10, max: 3000 }), (given, price) => {
      const known = { kind: "terms", terms: given } as const;
      const floor = solveFloor(known);
      if (floor.kind !== "floor") return true;
      const isIn = floor.gaps.some(([from, to]) => from <= price && price <= to);
      return (earnsEnough(price, known) === true) === (price >= floor.floor && !isIn);
    }),
    { numRuns: 2000 },
  );
});
