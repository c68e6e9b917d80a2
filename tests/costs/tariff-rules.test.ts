import { describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { noCosts } from "@/lib/costs/model";
import { tariffsOn } from "@/lib/costs/tariff-rules";
import { termsOf, withUsual } from "@/lib/costs/terms-rules";
import { nothingUsual, tariff } from "./tariffs";

const subject = { storeId: "ours", category: "Phones" };
const rate = (percent: number) => ({ rate: percent * 100 });

describe("the tariffs of a day", () => {
  const all = [
    tariff("tax", rate(3)),
    tariff("tax", rate(4), { validFrom: "2026-06-01" }),
    tariff("tax", rate(5), { validFrom: "2027-01-01" }),
    tariff("commission", rate(12)),
    tariff("commission", rate(8), { category: "Phones" }),
    tariff("commission", rate(9), { category: "Chairs" }),
    tariff("kaspi_pay", rate(1)),
    tariff("kaspi_pay", rate(2), { storeId: "ours" }),
    tariff("kaspi_pay", rate(3), { storeId: "another", validFrom: "2026-07-01" }),
  ];
  const rates = (day: string, who = subject) => {
    const { commission, kaspi_pay, tax, until } = tariffsOn(all, who, day);
    return [commission, kaspi_pay, tax]
      .map((one) => one && one.value.rate / 100)
      .concat(until as never);
  };

  test("count from their day on, until the next one", () => {
    expect(rates("2025-12-31")).toEqual([null, null, null, "2026-01-01"]);
    expect(rates("2026-01-01")).toEqual([8, 2, 3, "2026-06-01"]);
    expect(rates("2026-05-31")).toEqual([8, 2, 3, "2026-06-01"]);
    expect(rates("2026-06-01")).toEqual([8, 2, 4, "2027-01-01"]);
    expect(rates("2027-01-01")).toEqual([8, 2, 5, null]);
  });

  test("are the category's own before the one for all, and the store's own before the installation's", () => {
    expect(rates("2026-06-01", { storeId: "ours", category: "Boats" })).toEqual([
      12,
      2,
      4,
      "2027-01-01",
    ]);
    expect(rates("2026-06-02", { storeId: "third", category: "Chairs" })[1]).toBe(1);
  });
});

describe("what a price has to pay for", () => {
  const chosen = tariffsOn(
    [
      tariff("tax", rate(3)),
      tariff("commission", rate(12)),
      tariff("kaspi_pay", rate(1)),
      tariff("usual", {
        ...nothingUsual,
        packaging: 100,
        other: 0,
        delivery: "none",
        minMargin: 1500,
      }),
    ],
    subject,
    "2026-03-01",
  );

  test("comes from the product where it says something, and from the usual expenses otherwise", () => {
    const costs = { ...noCosts, cost: tenge(1000), returns: tenge(5), packaging: tenge(70) };
    expect(termsOf(costs, chosen)).toMatchObject({
      kind: "terms",
      terms: { cost: 1000, returns: 5, packaging: 70, other: 0, minMargin: 1500, bands: null },
    });
  });

  test("is asked for by the product alone when it asks for something itself", () => {
    const costs = { ...noCosts, minProfit: tenge(700) };
    expect(withUsual(costs, chosen)).toMatchObject({ minProfit: 700, minMargin: null });
  });

  test("is not known while anything is not set, and nothing is taken for zero", () => {
    expect(termsOf(null, chosen)).toEqual({ kind: "missing", missing: ["cost", "returns"] });
    expect(termsOf(null, tariffsOn([], subject, "2026-03-01"))).toEqual({
      kind: "missing",
      missing: [
        "cost",
        "packaging",
        "other",
        "returns",
        "commission",
        "kaspi_pay",
        "tax",
        "delivery",
        "demand",
      ],
    });
  });

  test("needs the tariff of the delivery it has", () => {
    const costs = { ...noCosts, cost: tenge(1), returns: tenge(0), delivery: "city" as const };
    expect(termsOf(costs, chosen)).toEqual({ kind: "missing", missing: ["delivery_tariff"] });
  });
});
