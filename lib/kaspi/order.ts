import type { Tenge } from "@/lib/core/money";

/** A line of an order. Money in whole tenge. */
export type OrderEntry = {
  /** Kaspi's number of the line, from 0. */
  nth: number;
  /** The official API's id of the line; null: the source has none. */
  entryId: string | null;
  /** The seller's article; null: the source does not say. */
  sku: string | null;
  name: string | null;
  cardId: string | null;
  categoryCode: string | null;
  categoryTitle: string | null;
  /** Pieces, or weight of goods that are weighed; three decimals at most. 0: cancelled in whole. */
  quantity: number;
  /** PIECES, MEASURABLE, MEASURABLE_PIECES; null: the source does not say. */
  unitType: string | null;
  unitPrice: Tenge;
  totalPrice: Tenge;
  deliveryCost: Tenge | null;
  /** Grams. */
  weight: number | null;
};

/** What the official API may say to be nothing: that is not the same as leaving it out. */
export type Emptied =
  | "plannedAt"
  | "handoverBy"
  | "handedOverAt"
  | "waybillUrl"
  | "cancellationReason";

/** An order in our words; `null` is unknown, never "none". It holds no phone. */
export type KaspiOrder = {
  code: string;
  /** The official API's id; null from the cabinet. */
  kaspiId: string | null;
  state: string;
  status: string;
  /** The source does not say the status: it is what orders of that tab have. */
  isStatusGuessed: boolean;
  orderedAt: Date;
  totalPrice: Tenge;
  deliveryMode: string | null;
  isKaspiDelivery: boolean | null;
  express: boolean | null;
  paymentMode: string | null;
  deliveryCost: Tenge | null;
  sellerDeliveryCost: Tenge | null;
  pickupPointId: string | null;
  cityId: string | null;
  cityName: string | null;
  preOrder: boolean;
  signatureRequired: boolean | null;
  assembled: boolean | null;
  cancellationReason: string | null;
  plannedAt: Date | null;
  handoverBy: Date | null;
  handedOverAt: Date | null;
  waybillUrl: string | null;
  buyerName: string | null;
  /** Those of the fields that the source says are empty. */
  emptied: readonly Emptied[];
  /** Null: the answer did not hold them. */
  entries: OrderEntry[] | null;
};

/** A page of a list of orders. */
export type OrdersPage = {
  orders: KaspiOrder[];
  /** How many the whole list has, over all pages, as Kaspi counts. */
  total: number;
  pages: number;
  /** Orders of this page that came but could not be understood. */
  unreadable: number;
};
