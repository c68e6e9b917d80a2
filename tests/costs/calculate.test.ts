import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import { calculate } from "@/lib/costs/calculate";
import {
  type ChosenTariffs,
  type Costs,
  type DeliveryBand,
  noCosts,
  type RateKind,
  WHOLE,
} from "@/lib/costs/model";

const head = {
  ...{ id: "", storeId: null, category: "", validFrom: "2026-01-01" },
  ...{ source: null, setAt: new Date(0) },
};
const rate = <Kind extends RateKind>(kind: Kind, value: number) => ({
  ...{ ...head, kind, value: { rate: value } },
});
const band = (priceFrom: number, fee: number, weightTo: number | null = null): DeliveryBand => ({
  ...{ scope: "city" as const, priceFrom: tenge(priceFrom), weightTo, fee: tenge(fee) },
});

const tariffs = (more: Partial<ChosenTariffs> = {}, bands = [band(0, 700)]): ChosenTariffs => ({
  commission: rate("commission", 1_000),
  kaspi_pay: rate("kaspi_pay", 95),
  tax: rate("tax", 300),
  delivery: { ...head, kind: "delivery", value: { bands } },
  usual: null,
  until: null,
  ...more,
});
const costs: Costs = {
  ...noCosts,
  ...{ cost: tenge(6_000), packaging: tenge(100), other: tenge(0), returns: tenge(0) },
  delivery: "city",
};
const price = tenge(10_000);

describe("a price", () => {
  test("comes to its profit, its margin and the price that loses nothing", () => {
    const { profit, missing, breakEven, wished } = calculate(costs, tariffs(), price);
    expect(profit).toMatchObject({ profit: 1_805, margin: 1_805 });
    expect(missing).toEqual([]);
    expect(breakEven).toEqual({ kind: "floor", floor: 7_903, gaps: [] });
    expect(wished).toBeNull();
  });

  test("that is wished for comes of a profit, of a margin, or of both", () => {
    const wish = (more: Partial<Costs>) => calculate({ ...costs, ...more }, tariffs(), null).wished;
    expect(wish({ minMargin: 2_000 })).toMatchObject({ floor: 10_296 });
    expect(wish({ minProfit: tenge(1_805) })).toMatchObject({ floor: 10_000 });
    expect(wish({ minMargin: 9_000 })).toEqual({ kind: "impossible" });
  });

  test("is not needed for the price that loses nothing", () => {
    expect(calculate(costs, tariffs(), null)).toMatchObject({
      ...{ profit: null, missing: [], breakEven: { floor: 7_903 } },
    });
  });
});

describe("what is not set", () => {
  test.each<[string, Partial<Costs>, Partial<ChosenTariffs>, string[]]>([
    ["the cost", { cost: null }, {}, ["cost"]],
    ["expenses", { packaging: null, returns: null }, {}, ["packaging", "returns"]],
    ["a rate", {}, { commission: null, tax: null }, ["commission", "tax"]],
    ["where it is delivered", { delivery: null }, {}, ["delivery"]],
    ["the tariff of delivery", { delivery: "express" }, {}, ["delivery_tariff"]],
  ])("%s is named, and nothing is taken for zero", (_, less, none, missing) => {
    const found = calculate({ ...costs, ...less }, tariffs(none), price);
    expect(found).toMatchObject({ profit: null, missing, breakEven: { kind: "missing", missing } });
  });

  test("the weight is asked for where the tariff wants it, and only at such prices", () => {
    const bands = [band(0, 500), band(8_000, 700, 1_000), band(8_000, 900, 5_000)];
    const at = (of: Tenge) => calculate(costs, tariffs({}, bands), of);
    expect(at(price)).toMatchObject({ profit: null, missing: ["weight"] });
    expect(at(tenge(7_900)).missing).toEqual([]);
    const weighed = { ...costs, weightGrams: 1_200 };
    expect(calculate(weighed, tariffs({}, bands), price).profit?.profit).toBe(1_605);
  });

  test("is as usual, where something is; what is usually demanded is nobody's wish here", () => {
    const usual = {
      ...head,
      kind: "usual" as const,
      value: {
        ...{ packaging: tenge(50), other: tenge(10), returns: tenge(5) },
        ...{ weightGrams: null, delivery: "none" as const },
        ...{ minProfit: tenge(500), minMargin: null },
      },
    };
    const said = { ...noCosts, cost: tenge(6_000), other: tenge(0) };
    const found = calculate(said, tariffs({ usual }), price);
    expect(found.expenses).toMatchObject({ packaging: 50, other: 0, returns: 5, delivery: "none" });
    expect(found.profit?.profit).toBe(10_000 - 6_000 - 55 - 1_395);
    expect(found.wished).toBeNull();
    expect(found.breakEven).toEqual(calculate(said, tariffs({ usual }), null).breakEven);
  });
});

test("the price that loses nothing is the first that does, and the lines make up any price", () => {
  const amount = fc.integer({ min: 0, max: 20_000 }).map(tenge);
  const each = fc.record({
    cost: fc.integer({ min: 1, max: 50_000 }).map(tenge),
    ...{ packaging: amount, other: amount, returns: amount, fee: amount },
    rates: fc.array(fc.integer({ min: 0, max: 2_500 }), { minLength: 3, maxLength: 3 }),
    price: fc.integer({ min: 10, max: 200_000 }).map(tenge),
  });
  fc.assert(
    fc.property(each, ({ fee, rates, price: at, ...expenses }) => {
      const [commission = 0, pay = 0, tax = 0] = rates;
      const chosen = tariffs(
        {
          commission: rate("commission", commission),
          kaspi_pay: rate("kaspi_pay", pay),
          tax: rate("tax", tax),
        },
        [band(0, fee)],
      );
      const said = { ...costs, ...expenses };
      const { profit, breakEven } = calculate(said, chosen, at);
      const lines = profit?.lines.reduce((sum, line) => sum + line.amount, 0) ?? 0;
      expect(lines + (profit?.profit ?? 0)).toBe(at);
      if (breakEven.kind !== "floor") return expect.fail("there is always such a price");
      const { cost, packaging, other, returns } = expenses;
      const paid = cost + packaging + other + returns + fee;
      const earns = (of: number) => of * (WHOLE - commission - pay - tax) >= paid * WHOLE;
      expect(earns(breakEven.floor)).toBe(true);
      // Nothing is sold for less than 10 ₸.
      expect(breakEven.floor > 10 && earns(breakEven.floor - 1)).toBe(false);
    }),
  );
});
