import type { DeliveryKind, Outcome } from "./model";

const cancelled: ReadonlySet<string> = new Set([
  "CANCELLED",
  "CANCELLED_BY_MERCHANT",
  "CANCELLING",
  // A buyer who does not take what was brought: it comes back without having been sold.
  "KASPI_DELIVERY_RETURN_REQUESTED",
]);
const returned: ReadonlySet<string> = new Set(["RETURNED", "RETURNING", "RETURN_REQUESTED"]);

/**
 * What an order counts as, by Kaspi's word of the official API or the cabinet (protocol G1, G2). A word that
 * is not known is an order under way.
 */
export function outcomeOf(status: string): Outcome {
  if (cancelled.has(status)) return "cancelled";
  if (returned.has(status)) return "returned";
  return status === "COMPLETED" ? "completed" : "open";
}

type Brought = {
  status: string;
  isKaspiDelivery: boolean | null;
  sellerDeliveryCost: number | null;
  handedOverAt: Date | null;
};

/**
 * What Kaspi says the delivery costs the seller, ₸; null: it has not said. Of what no courier has yet it says 0,
 * which only means that it does not know (sample `shop-api-v2_orders_new_kaspi-delivery_2026`).
 */
export function saidFeeOf(order: Brought): number | null {
  const { sellerDeliveryCost: fee, isKaspiDelivery, handedOverAt, status } = order;
  const isUnderWay = handedOverAt === null && outcomeOf(status) === "open";
  return fee === 0 && isKaspiDelivery !== false && isUnderWay ? null : fee;
}

type Delivered = { deliveryMode: string | null; isKaspiDelivery: boolean | null; express: boolean };

/** How it reaches its buyer; null: Kaspi does not say. */
export function deliveryOf({
  deliveryMode,
  isKaspiDelivery,
  express,
}: Delivered): DeliveryKind | null {
  if (express) return "express";
  if (isKaspiDelivery) return deliveryMode === "DELIVERY_PICKUP" ? "postomat" : "kaspi";
  if (deliveryMode === null || isKaspiDelivery === null) return null;
  return deliveryMode === "DELIVERY_PICKUP" ? "pickup" : "own";
}
