import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { type KnownOrder, merged, type SaidOrder } from "@/lib/orders/merge-order";

const at = new Date("2026-11-01T06:00:00Z");
const known: KnownOrder = {
  ...{ code: "1", kaspiId: "MQ", source: "shop_api", tab: "transmitted" },
  ...{ state: "KASPI_DELIVERY", status: "ACCEPTED_BY_MERCHANT", orderedAt: at },
  ...{ totalPrice: tenge(5_000), deliveryMode: "DELIVERY_REGIONAL_TODOOR" },
  ...{ isKaspiDelivery: true, express: true, paymentMode: "PREPAID" },
  ...{ deliveryCost: tenge(0), sellerDeliveryCost: tenge(895) },
  ...{ pickupPointId: "1_PP1", cityId: "750000000", cityName: "Алматы" },
  ...{ preOrder: false, signatureRequired: true, assembled: true, cancellationReason: null },
  ...{ plannedAt: at, handoverBy: at, handedOverAt: at, waybillUrl: "https://kaspi.kz/1" },
  buyerName: "Имя И",
};
const silent: SaidOrder = {
  ...{ code: "1", kaspiId: null, state: "ARCHIVED", status: "COMPLETED", orderedAt: at },
  ...{ isStatusGuessed: false, totalPrice: tenge(5_000), deliveryMode: null },
  ...{ isKaspiDelivery: null, express: null, paymentMode: null, deliveryCost: null },
  ...{ sellerDeliveryCost: null, pickupPointId: null, cityId: null, cityName: null },
  ...{ preOrder: false, signatureRequired: null, assembled: null, cancellationReason: null },
  ...{ plannedAt: null, handoverBy: null, handedOverAt: null, waybillUrl: null, buyerName: null },
  emptied: [],
};

test("what a source leaves out stays as it was", () => {
  const { source: _, ...before } = known;
  expect(merged(silent, known)).toEqual({
    ...before,
    ...{ tab: "archive", state: "ARCHIVED", status: "COMPLETED" },
  });
});

test("what it says is empty is empty, and of what nobody has said nothing is taken for yes", () => {
  expect(merged({ ...silent, emptied: ["waybillUrl"] }, known)).toMatchObject({
    waybillUrl: null,
    handedOverAt: at,
  });
  expect(merged(silent, undefined)).toMatchObject({ isKaspiDelivery: null, express: false });
});

test("a guessed status gives way to one that was said, as long as the order stands where it stood", () => {
  const legacy = { ...silent, state: "KASPI_DELIVERY_TRANSMITTED", isStatusGuessed: true };
  const guess = { ...legacy, status: "GUESSED" };
  expect(merged(guess, known)).toMatchObject({
    tab: "transmitted",
    status: "ACCEPTED_BY_MERCHANT",
  });
  const elsewhere = { ...guess, state: "KASPI_DELIVERY_RETURN_REQUEST" };
  expect(merged(elsewhere, known)).toMatchObject({ tab: "returning", status: "GUESSED" });
});

test("an answer that leaves the courier out does not take an order back to packing", () => {
  const terse = { ...silent, state: "KASPI_DELIVERY", status: "ACCEPTED_BY_MERCHANT" };
  expect(merged(terse, known).tab).toBe("transmitted");
});

test("another point does not keep the city of the old one", () => {
  expect(merged({ ...silent, pickupPointId: "1_PP2" }, known)).toMatchObject({
    pickupPointId: "1_PP2",
    cityId: null,
  });
});
