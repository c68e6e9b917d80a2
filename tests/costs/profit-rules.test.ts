import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { solveFloor } from "@/lib/costs/floor-rules";
import { profitAt, profitCurve } from "@/lib/costs/profit-rules";
import { anyTerms, band, terms } from "./terms";

describe("the profit at a price", () => {
  test("is what is left after each line", () => {
    const given = terms({ cost: 8000, packaging: 120, commission: 1200, kaspiPay: 95, tax: 300 });
    expect(profitAt(given, tenge(12_990))).toEqual({
      price: 12_990,
      lines: [
        { line: "cost", amount: 8000 },
        { line: "packaging", amount: 120 },
        { line: "other", amount: 0 },
        { line: "returns", amount: 0 },
        { line: "delivery", amount: 0 },
        { line: "commission", amount: 1559 },
        { line: "kaspi_pay", amount: 124 },
        { line: "tax", amount: 389 },
      ],
      profit: 2798,
      margin: 2153,
      wanted: 0,
    });
  });

  test("is not known where delivery is not", () => {
    expect(profitAt(terms({ bands: [band(5000, 100)] }), tenge(4000))).toBeNull();
  });

  test("meets what is asked for at the floor, and not a tenge below it", () => {
    fc.assert(
      fc.property(anyTerms, (given) => {
        const solved = solveFloor({ kind: "terms", terms: given });
        if (solved.kind !== "floor") return true;
        const at = profitAt(given, solved.floor);
        const below = solved.floor > 10 ? profitAt(given, tenge(solved.floor - 1)) : null;
        // Each line is whole tenge, so a profit shown may be less than a tenge under the exact one.
        const enough = at !== null && at.profit >= at.wanted - 1;
        return enough && (below === null || below.profit <= below.wanted);
      }),
    );
  });

  test("adds up with its lines to the price", () => {
    fc.assert(
      fc.property(anyTerms, fc.integer({ min: 10, max: 3000 }), (given, price) => {
        const at = profitAt(given, tenge(price));
        if (at === null) return true;
        return at.lines.reduce((sum, { amount }) => sum + amount, at.profit) === price;
      }),
    );
  });
});

test("the line of profits breaks where a delivery band begins", () => {
  const given = terms({ cost: 1000, bands: [band(0, 100), band(2000, 500)] });
  expect(profitCurve(given, tenge(1000), tenge(3000))).toEqual([
    [
      { price: 1000, profit: -100 },
      { price: 1999, profit: 899 },
    ],
    [
      { price: 2000, profit: 500 },
      { price: 3000, profit: 1500 },
    ],
  ]);
});
