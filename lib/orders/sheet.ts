import type { SheetColumn } from "@/lib/excel/sheet-model";
import type { OrderRow, ShownEntry } from "./shown-queries";

/** A line of the file: an order's line, with the order. */
export type OrderLineRow = { order: OrderRow; entry: ShownEntry | null; isFirst: boolean };

type Header =
  | "code"
  | "at"
  | "status"
  | "store"
  | "sku"
  | "product"
  | "quantity"
  | "price"
  | "sum"
  | "delivery"
  | "sellerDelivery"
  | "city"
  | "point"
  | "payment"
  | "reason";

export type OrderWords = {
  header: (name: Header) => string;
  status: (order: OrderRow) => string;
  delivery: (order: OrderRow) => string;
  payment: (order: OrderRow) => string | null;
  reason: (order: OrderRow) => string | null;
};

/** Orders as a sheet, in the order of the cabinet's own file. */
export function orderSheet(words: OrderWords): SheetColumn<OrderLineRow>[] {
  const column = (
    name: Header,
    width: number,
    value: SheetColumn<OrderLineRow>["value"],
  ): SheetColumn<OrderLineRow> => ({ header: words.header(name), width, value });
  return [
    column("code", 14, ({ order }) => order.code),
    column("at", 20, ({ order }) => order.orderedAt),
    column("status", 24, ({ order }) => words.status(order)),
    column("store", 20, ({ order }) => order.storeName),
    column("sku", 20, ({ entry }) => entry?.sku ?? null),
    column("product", 48, ({ entry }) => entry?.name ?? null),
    column("quantity", 10, ({ entry }) => (entry ? (entry.kilograms ?? entry.quantity) : null)),
    column("price", 13, ({ entry }) => entry?.unitPrice ?? null),
    column("sum", 13, ({ order, entry }) => entry?.totalPrice ?? order.totalPrice),
    column("delivery", 24, ({ order }) => words.delivery(order)),
    // Of the whole order: once, so that the column can be summed.
    column("sellerDelivery", 16, ({ order, isFirst }) =>
      isFirst ? order.sellerDeliveryCost : null,
    ),
    column("city", 16, ({ order }) => order.cityName),
    column("point", 14, ({ order }) => order.pointLabel ?? order.pickupPointId),
    column("payment", 18, ({ order }) => words.payment(order)),
    column("reason", 32, ({ order }) => words.reason(order)),
  ];
}
