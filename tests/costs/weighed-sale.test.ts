import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { type Costs, noCosts } from "@/lib/costs/model";
import { saleProfit } from "@/lib/costs/sale-rules";
import { tariffsOn } from "@/lib/costs/tariff-rules";
import { tariff } from "./tariffs";

const rates = ["commission", "kaspi_pay", "tax"] as const;
const chosen = tariffsOn(
  rates.map((kind) => tariff(kind, { rate: 0 })),
  { storeId: "s", category: null },
  "2026-03-01",
);
const nothing = tenge(0);
const costs: Costs = {
  ...noCosts,
  ...{ cost: tenge(1_000), packaging: nothing, other: nothing, returns: nothing },
};
const line = { total: tenge(5_928), delivery: nothing, isKaspiDelivery: true };

test("what is weighed costs by its kilograms", () => {
  expect(saleProfit({ ...line, quantity: 3.8 }, costs, chosen)).toMatchObject({
    ...{ kind: "known", profit: 2_128 },
  });
});

test("where nobody can tell how many kilograms they were the profit is not known", () => {
  expect(saleProfit({ ...line, quantity: null }, costs, chosen)).toEqual({
    ...{ kind: "unknown", missing: ["kilograms"] },
  });
});
