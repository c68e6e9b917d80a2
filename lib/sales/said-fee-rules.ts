import { outcomeOf } from "@/lib/orders/outcome-model";

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
