import { describe, expect, test } from "vitest";
import { MOST_RATES } from "@/lib/costs/model";
import { ratesForm } from "@/lib/repricing/cost-floor/cost-form";

const rates = (count: number) => ({
  storeId: null,
  validFrom: "2026-01-01",
  kind: "commission" as const,
  rates: Array.from({ length: count }, (_, nth) => ({ category: `${nth}`, rate: "12,5" })),
});

describe("the form of commissions", () => {
  test("takes one for each category a page names and no more", () => {
    expect(ratesForm.safeParse(rates(MOST_RATES)).success).toBe(true);
    expect(ratesForm.safeParse(rates(MOST_RATES + 1)).success).toBe(false);
  });
});
