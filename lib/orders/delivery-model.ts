/** How goods reach their buyer. */
export const deliveryKinds = ["kaspi", "express", "postomat", "own", "pickup"] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

type Delivered = { deliveryMode: string | null; isKaspiDelivery: boolean | null; express: boolean };

/**
 * How an order reaches its buyer (protocol G2: a postomat is Kaspi's delivery to a pickup); null: Kaspi does not
 * say.
 */
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
