import type { KaspiOrder } from "@/lib/kaspi/order";
import type { OrderSource, OrderTab } from "./model";
import { tabOf } from "./rules";

/** What is said of an order, without its lines. */
export type SaidOrder = Omit<KaspiOrder, "entries">;

/** What is known of an order already. */
export type KnownOrder = {
  [Field in keyof Omit<SaidOrder, "emptied" | "isStatusGuessed">]: SaidOrder[Field];
} & { express: boolean; signatureRequired: boolean } & {
  source: OrderSource;
  tab: OrderTab;
};

type Fields = Omit<KnownOrder, "source">;

/**
 * What is known of an order once a source has said this of it: a field that the source leaves out stays as it was,
 * one that it says is empty is; a guess gives way to a word.
 */
export function merged(said: SaidOrder, known: KnownOrder | undefined): Fields {
  const { emptied, isStatusGuessed, ...order } = said;
  const isEmpty = (name: string) => emptied.some((one) => one === name);
  const kept = <Name extends keyof SaidOrder & keyof KnownOrder>(name: Name) =>
    (order[name] ?? (isEmpty(name) ? null : known?.[name]) ?? null) as KnownOrder[Name];
  const [assembled, handedOverAt] = [kept("assembled"), kept("handedOverAt")];
  const tab = tabOf({ ...order, assembled, handedOverAt });
  const isWhereItWas = known !== undefined && known.tab === tab;
  // Another point may be in another city.
  const isSamePoint = order.pickupPointId === null || known?.pickupPointId === order.pickupPointId;
  return {
    ...order,
    tab,
    status: isStatusGuessed && isWhereItWas ? known.status : order.status,
    kaspiId: kept("kaspiId"),
    deliveryMode: kept("deliveryMode"),
    isKaspiDelivery: kept("isKaspiDelivery"),
    express: kept("express") ?? false,
    paymentMode: kept("paymentMode"),
    deliveryCost: kept("deliveryCost"),
    sellerDeliveryCost: kept("sellerDeliveryCost"),
    pickupPointId: kept("pickupPointId"),
    cityId: isSamePoint ? kept("cityId") : order.cityId,
    cityName: isSamePoint ? kept("cityName") : order.cityName,
    // A preorder stays marked as one when its goods have come.
    preOrder: order.preOrder || (known?.preOrder ?? false),
    signatureRequired: kept("signatureRequired") ?? false,
    assembled,
    cancellationReason: kept("cancellationReason"),
    plannedAt: kept("plannedAt"),
    handoverBy: kept("handoverBy"),
    handedOverAt,
    waybillUrl: kept("waybillUrl"),
    buyerName: kept("buyerName"),
  };
}
