import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HIGHEST_PRICE } from "@/lib/core/money";
import { solveFloor } from "@/lib/costs/floor-rules";
import type { Terms } from "@/lib/costs/model";
import { anyTerms, band, terms } from "./terms";

const solve = (over: Record<string, unknown>) => solveFloor({ kind: "terms", terms: terms(over) });

describe("the floor of a product", () => {
  test("pays for cost, expenses, rates and the profit asked for, and not a tenge more", () => {
    const rates = { commission: 1200, kaspiPay: 95, tax: 300 };
    const asked = { cost: 8000, packaging: 120, other: 80, returns: 60, minProfit: 900 };
    // 9160 / (1 − 0.1595) = 10898.27…
    expect(solve({ ...asked, ...rates })).toEqual({ kind: "floor", floor: 10_899, gaps: [] });
  });

  test("takes a margin from the price and not from the cost", () => {
    expect(solve({ cost: 800, minMargin: 2000 })).toMatchObject({ floor: 1000 });
    expect(solve({ cost: 801, minMargin: 2000 })).toMatchObject({ floor: 1002 });
  });

  test("is never below what Kaspi takes", () => {
    expect(solve({ cost: 1 })).toMatchObject({ floor: 10 });
  });

  test("stands below a dearer delivery band, which begins with a stretch that earns too little", () => {
    const bands = [band(0, 100), band(1200, 400)];
    expect(solve({ cost: 1000, bands })).toEqual({
      kind: "floor",
      floor: 1100,
      gaps: [[1200, 1399]],
    });
  });

  test("moves into the next band when the one below does not reach", () => {
    const bands = [band(0, 300), band(1200, 400)];
    expect(solve({ cost: 1000, bands })).toMatchObject({ floor: 1400, gaps: [] });
  });

  test("moves down where a dearer price is delivered for less", () => {
    const bands = [band(0, 900), band(1500, 100)];
    expect(solve({ cost: 1000, bands })).toMatchObject({ floor: 1500 });
  });

  test("knows the parcel by its weight", () => {
    const bands = [band(0, 100, 500), band(0, 700, 2000)];
    expect(solve({ bands, weightGrams: 500 })).toMatchObject({ floor: 1100 });
    expect(solve({ bands, weightGrams: 501 })).toMatchObject({ floor: 1700 });
    expect(solve({ bands, weightGrams: 2001 })).toEqual({
      kind: "missing",
      missing: ["delivery_tariff"],
    });
    expect(solve({ bands })).toEqual({ kind: "missing", missing: ["weight"] });
  });

  test("does without a weight where its band asks for none, and stays out of the bands that ask", () => {
    const bands = [band(0, 100), band(5000, 700, 2000)];
    expect(solve({ bands })).toEqual({
      kind: "floor",
      floor: 1100,
      gaps: [[5000, HIGHEST_PRICE]],
    });
    expect(solve({ cost: 4950, bands })).toEqual({ kind: "missing", missing: ["weight"] });
  });

  test("does not exist when rates and margin take the whole price", () => {
    expect(solve({ commission: 6000, minMargin: 4000 })).toEqual({ kind: "impossible" });
    expect(solve({ cost: 900_000_000, commission: 2000 })).toEqual({ kind: "impossible" });
  });

  test("is exact where a fraction would round the wrong way", () => {
    // 100.1 % of nothing: 1 ₸ of 9999 hundredths is 1.0001 ₸.
    expect(solve({ cost: 9999, commission: 1 })).toMatchObject({ floor: 10_000 });
    expect(solve({ cost: 99_999_998, tax: 1 })).toMatchObject({ floor: 100_009_999 });
  });
});

const DEAREST = 20_000;

/** The same inequality in whole numbers of any size, price by price. */
function earns(price: number, terms: Terms): boolean | "unknown" {
  const rates = BigInt(terms.commission + terms.kaspiPay + terms.tax + terms.minMargin);
  const paid = terms.cost + terms.packaging + terms.other + terms.returns + terms.minProfit;
  const fee = feeAt(price, terms);
  const isPaid = (delivery: number) =>
    BigInt(price) * (10_000n - rates) >= BigInt(paid + delivery) * 10_000n;
  if (fee !== null) return isPaid(fee);
  return isPaid(0) ? "unknown" : false;
}

function feeAt(price: number, { bands, weightGrams }: Terms): number | null {
  if (bands === null) return 0;
  const from = Math.max(-1, ...bands.map((one) => one.priceFrom).filter((edge) => edge <= price));
  const here = bands.filter((one) => one.priceFrom === from);
  if (here.every((one) => one.weightTo === null)) return here[0]?.fee ?? null;
  if (weightGrams === null) return null;
  const fits = here.filter((one) => (one.weightTo ?? Infinity) >= weightGrams);
  const least = Math.min(...fits.map((one) => one.weightTo ?? Infinity));
  return fits.find((one) => (one.weightTo ?? Infinity) === least)?.fee ?? null;
}

describe("tried at every price", () => {
  const prices = Array.from({ length: DEAREST }, (_, nth) => nth + 10);

  test("the floor is the first price that earns enough, and the gaps are those that do not again", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const solved = solveFloor({ kind: "terms", terms });
        const first = prices.find((price) => earns(price, terms) !== false);
        if (first === undefined) return solved.kind !== "floor" || solved.floor >= DEAREST;
        if (earns(first, terms) === "unknown") return solved.kind === "missing";
        if (solved.kind !== "floor" || solved.floor !== first) return false;
        return prices.every((price) => {
          const isIn = solved.gaps.some(([from, to]) => from <= price && price <= to);
          return price < first || (earns(price, terms) === true) !== isIn;
        });
      }),
      { numRuns: 400 },
    );
  });
});
