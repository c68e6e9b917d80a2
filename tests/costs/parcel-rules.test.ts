import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import type { DeliveryTariff } from "@/lib/costs/model";
import { forUnits, type Parcel, parcelFee, partsOf } from "@/lib/costs/parcel-rules";

const bands = [
  { scope: "city", priceFrom: 0, weightTo: 2_000, fee: 490 },
  { scope: "city", priceFrom: 5_000, weightTo: null, fee: 990 },
  { scope: "country", priceFrom: 0, weightTo: null, fee: 1_290 },
  { scope: "express", priceFrom: 0, weightTo: null, fee: 1_490 },
] as const;
const tariff = {
  ...{ id: "1", storeId: null, category: "", validFrom: "2025-01-01", source: null },
  ...{ kind: "delivery", setAt: new Date(0), value: { bands } },
} as unknown as DeliveryTariff;

type Line = Parcel["contents"][number];
const line = (over: Partial<Line> = {}): Line => ({
  ...{ total: tenge(2_000), quantity: 1, delivery: "city", weightGrams: 500 },
  ...over,
});
const parcel = (over: Partial<Parcel> = {}): Parcel => ({
  ...{ isKaspiDelivery: true, isExpress: false, saidFee: null, contents: [line()] },
  ...over,
});

describe("what it costs the seller to have an order brought", () => {
  test.each([
    ["what Kaspi has said", { saidFee: tenge(895) }, 895],
    ["nothing where the seller brings it", { isKaspiDelivery: false }, 0],
    ["the tariff of its price and weight", {}, 490],
    [
      "one parcel's tariff, whatever the number of lines",
      { contents: [line(), line(), line({ total: tenge(1_500) })] },
      990,
    ],
    [
      "not known for a parcel that is too heavy as a whole",
      { contents: [line({ weightGrams: 1_500 }), line({ weightGrams: 1_500 })] },
      "delivery_tariff",
    ],
    ["that of an express", { isExpress: true }, 1_490],
    ["the farthest of its goods'", { contents: [line(), line({ delivery: "country" })] }, 1_290],
    ["not known where nobody says who brings it", { isKaspiDelivery: null }, "delivery"],
    [
      "not known of goods Kaspi brings though it was said not to",
      { contents: [line({ delivery: "none" })] },
      "delivery",
    ],
    ["not known without a scope", { contents: [line({ delivery: null })] }, "delivery"],
    ["not known without a weight", { contents: [line({ weightGrams: null })] }, "weight"],
  ])("is %s", (_, over, fee) => {
    expect(parcelFee(parcel(over as Partial<Parcel>), tariff)).toBe(fee);
  });

  test("is not known without a tariff", () => {
    expect(parcelFee(parcel(), null)).toBe("delivery_tariff");
  });
});

const weights = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 30 });
const sum = (parts: readonly number[]) => parts.reduce((whole, one) => whole + one, 0);

test("the parts of an amount are whole tenge, none below zero, and add up to it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), weights, (amount, by) => {
      const parts: Tenge[] = partsOf(tenge(amount), by);
      expect(sum(parts)).toBe(amount);
      expect(parts.every((one) => Number.isInteger(one) && one >= 0)).toBe(true);
      const whole = sum(by);
      for (const [nth, one] of parts.entries())
        if (whole > 0)
          expect(Math.abs(one - (amount * (by[nth] ?? 0)) / whole)).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  [100, 1.1, 110],
  [100, 3, 300],
  [1_560, 3.8, 5_928],
  [999, 0.001, 1],
  [0, 2, 0],
])("%i for each of %f is %i", (amount, quantity, whole) => {
  expect(forUnits(amount, quantity)).toBe(whole);
});

test("so much for each of many is the next whole tenge of the exact product", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.integer({ min: 1, max: 999_999 }),
      (amount, thousandths) => {
        const exact = BigInt(amount) * BigInt(thousandths);
        const whole = (exact + 999n) / 1_000n;
        expect(BigInt(forUnits(amount, thousandths / 1_000))).toBe(whole);
      },
    ),
  );
});
