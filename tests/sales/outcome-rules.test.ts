import { describe, expect, test } from "vitest";
import { deliveryOf } from "@/lib/orders/delivery-model";
import { lineKey, outcomeOf } from "@/lib/orders/outcome-model";
import { saidFeeOf } from "@/lib/sales/said-fee-rules";

const order = {
  ...{ status: "ACCEPTED_BY_MERCHANT", isKaspiDelivery: true, sellerDeliveryCost: 0 },
  handedOverAt: null,
};

describe("what Kaspi has said that delivery costs the seller", () => {
  test("is nothing yet while no courier has the goods, though it says 0", () => {
    expect(saidFeeOf(order)).toBeNull();
    expect(saidFeeOf({ ...order, status: "APPROVED_BY_BANK" })).toBeNull();
  });

  test.each([
    ["once a courier has them", { handedOverAt: new Date(0) }, 0],
    ["once the buyer has them", { status: "COMPLETED" }, 0],
    ["where the seller brings them", { isKaspiDelivery: false }, 0],
    ["once it is a sum", { sellerDeliveryCost: 895 }, 895],
    ["never where it says none", { sellerDeliveryCost: null, status: "COMPLETED" }, null],
  ])("is what it says %s", (_, over, fee) => {
    expect(saidFeeOf({ ...order, ...over })).toBe(fee);
  });
});

test("a word that is not known is an order under way", () => {
  expect(["COMPLETED", "CANCELLING", "RETURNED", "TOMORROW"].map(outcomeOf)).toEqual([
    "completed",
    "cancelled",
    "returned",
    "open",
  ]);
});

test("how goods are brought is not guessed where Kaspi does not say who brings them", () => {
  const said = { deliveryMode: "DELIVERY_PICKUP", express: false };
  expect(deliveryOf({ ...said, isKaspiDelivery: null })).toBeNull();
  expect(deliveryOf({ ...said, isKaspiDelivery: true })).toBe("postomat");
  expect(deliveryOf({ ...said, isKaspiDelivery: false })).toBe("pickup");
});

describe("what lines are summed under", () => {
  const one = { productId: null, sku: null, name: "Чайник" };

  test("is the product before the article before the name", () => {
    const productId = "6b1f8a51-0000-4000-8000-000000000000";
    expect(lineKey({ ...one, sku: "A1", productId })).toBe(lineKey({ ...one, productId }));
    expect(lineKey({ ...one, sku: "A1" })).toBe(lineKey({ ...one, sku: "A1", name: "Другое имя" }));
  });

  test("an article is never taken for a name", () => {
    expect(lineKey({ ...one, sku: "Чайник" })).not.toBe(lineKey(one));
  });

  test("a long name is cut between letters", () => {
    const key = lineKey({ ...one, name: "😀".repeat(300) });
    expect(Buffer.from(key).toString()).toBe(key);
    expect([...key].length).toBeLessThanOrEqual(205);
  });
});
