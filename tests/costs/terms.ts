import fc from "fast-check";
import { tenge } from "@/lib/core/money";
import type { DeliveryBand, Terms } from "@/lib/costs/model";
import { deliveryScopes } from "@/lib/costs/scope-model";

/** Everything is free and nothing is asked for: what a test does not say. */
export function terms(over: Record<string, unknown> = {}): Terms {
  const free = { cost: 1000, packaging: 0, other: 0, returns: 0, minProfit: 0 };
  const rates = { commission: 0, kaspiPay: 0, tax: 0, minMargin: 0 };
  return { ...free, ...rates, bands: null, weightGrams: null, ...over } as Terms;
}

export const band = (
  priceFrom: number,
  fee: number,
  weightTo: number | null = null,
): DeliveryBand => ({
  scope: "city",
  priceFrom: tenge(priceFrom),
  weightTo,
  fee: tenge(fee),
});

const amount = (max: number) => fc.integer({ min: 0, max }).map(tenge);
const rate = fc.integer({ min: 0, max: 4000 });

/** Cheap goods with bands close to each other, so that every price can be tried. */
export const anyTerms: fc.Arbitrary<Terms> = fc.record({
  cost: amount(400).map((cost) => tenge(Math.max(cost, 1))),
  packaging: amount(40),
  other: amount(40),
  returns: amount(40),
  minProfit: amount(200),
  commission: rate,
  kaspiPay: fc.integer({ min: 0, max: 300 }),
  tax: fc.integer({ min: 0, max: 1500 }),
  minMargin: rate,
  weightGrams: fc.option(fc.integer({ min: 1, max: 30 })),
  bands: fc.option(
    fc.array(
      fc.record({
        scope: fc.constant(deliveryScopes[0]),
        priceFrom: amount(1500),
        weightTo: fc.option(fc.integer({ min: 1, max: 30 })),
        fee: amount(500),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  ),
});
