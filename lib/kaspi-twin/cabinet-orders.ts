import { cityName } from "@/lib/kaspi-twin/cities";
import { type Answer, json } from "@/lib/kaspi-twin/http";
import type { TwinOrder } from "@/lib/kaspi-twin/orders";
import { lineTotal, totalOf } from "@/lib/kaspi-twin/shop-order-view";
import type { Visit } from "@/lib/kaspi-twin/visit";

const tabs = [
  "NEW",
  "KASPI_DELIVERY_WAIT_FOR_COURIER",
  "KASPI_DELIVERY_WAIT_FOR_POINT_DELIVERY",
  "KASPI_DELIVERY_RETURN_REQUEST",
  "KASPI_DELIVERY_TRANSMITTED",
  "PICKUP",
  "KASPI_DELIVERY_CARGO_ASSEMBLY",
  "SIGN_REQUIRED",
  "DELIVERY",
];
const GRAPHQL_PAGE = 10;

/** The cabinet's own word for where an order is (protocol G1). */
export function cabinetTab(order: TwinOrder): string {
  if (order.state === "ARCHIVE") return "ARCHIVED";
  if (order.state !== "KASPI_DELIVERY") return order.state;
  if (order.status === "CANCELLING") return "KASPI_DELIVERY_RETURN_REQUEST";
  if (order.handedOverAt !== null) return "KASPI_DELIVERY_TRANSMITTED";
  if (order.assembled) return "KASPI_DELIVERY_WAIT_FOR_COURIER";
  return order.preOrder
    ? "KASPI_DELIVERY_WAIT_FOR_POINT_DELIVERY"
    : "KASPI_DELIVERY_CARGO_ASSEMBLY";
}

/** Shorter than the official API's. */
function cabinetStatus(order: TwinOrder): string {
  if (order.assembled && order.status === "ACCEPTED_BY_MERCHANT") return "ASSEMBLED";
  return order.status === "ACCEPTED_BY_MERCHANT" ? "ACCEPTED" : order.status;
}

/** `getOrders`; null: asked for wrongly, as with any size but ten. */
export function graphOrders(
  { world }: Visit,
  merchantUid: string,
  variables: Record<string, unknown>,
): unknown {
  const { size, page, input } = variables as { size?: number; page?: number; input?: unknown };
  const { presetFilter } = (input ?? {}) as { presetFilter?: string };
  if (size !== GRAPHQL_PAGE || typeof page !== "number") return null;
  if (world.faults.strikes("orders_graphql_fails", { endpoint: "graphql" })) return null;
  const found = world.orders.of(merchantUid).filter((one) => cabinetTab(one) === presetFilter);
  const rows = found.slice(page * GRAPHQL_PAGE, (page + 1) * GRAPHQL_PAGE);
  const orders = { total: found.length, orders: rows.map(graphRow), __typename: "OrdersPage" };
  return {
    merchant: { id: merchantUid, orders: { orders, __typename: "Orders" }, __typename: "Merchant" },
  };
}

export function graphCounters({ world }: Visit, merchantUid: string): unknown {
  const all = world.orders.of(merchantUid).map(cabinetTab);
  const counts = tabs.map((tab) => ({ tab, count: all.filter((one) => one === tab).length }));
  return { merchant: { orders: { counts } } };
}

/** `getOrderDetails`; null: there is no such order. */
export function graphDetails({ world }: Visit, merchantUid: string, code: unknown): unknown {
  if (world.faults.strikes("order_details_fail", { endpoint: "graphql" })) return null;
  const order = typeof code === "string" ? world.orders.find(merchantUid, code) : null;
  if (!order) return null;
  // The details are not known to have these (protocol G1).
  const {
    totalPrice: _,
    payments: __,
    cancelReason: ___,
    kaspiDelivery: ____,
    ...row
  } = graphRow(order);
  const { isExpress: _____, ...delivery } = row.delivery;
  const orderDetail = { ...row, delivery, state: cabinetTab(order) };
  return { merchant: { id: merchantUid, orderDetail } };
}

const moment = (at: number | null) => (at === null ? null : new Date(at).toISOString());

function graphRow(order: TwinOrder) {
  return {
    code: order.code,
    customer: { firstName: order.firstName, lastName: order.lastName },
    totalPrice: totalOf(order),
    creationTime: new Date(order.createdAt).toISOString(),
    modificationTime: new Date(order.createdAt).toISOString(),
    status: cabinetStatus(order),
    preOrder: order.preOrder,
    entries: order.entries.map((entry, nth) => ({
      entryId: nth,
      merchantProduct: { barcode: null, code: entry.sku, name: entry.title },
      product: { code: entry.cardId, name: entry.title },
      quantity: entry.quantity,
      totalPrice: lineTotal(entry),
    })),
    warehouse: {
      name: order.pointId.split("_").slice(1).join("_"),
      city: { id: order.cityId, name: cityName(order.cityId) },
    },
    payments: [{ amount: totalOf(order), signRequired: order.signatureRequired }],
    kaspiDelivery: order.isKaspiDelivery,
    delivery: {
      isExpress: order.express,
      isOrderArrived: !order.preOrder,
      kdAssembled: order.assembled,
      kdTransmittedToCourier: order.handedOverAt !== null,
      mode: order.deliveryMode,
      plannedDeliveryDate: moment(order.plannedAt),
      transmissionPlanningDate: moment(order.handoverBy),
    },
    cancelReason: order.cancellationReason,
  };
}

/** `GET /mc/api/orderTabs/active`, the form of 2025 and before. */
export function legacyOrders({ world, request, session }: Visit): Answer {
  if (world.faults.strikes("order_tabs_gone", { endpoint: "order_tabs" })) return { status: 404 };
  const { query } = request;
  const uid = query.get("_m") ?? "";
  if (!session.merchants.includes(uid)) return { status: 403 };
  const tab = query.get("selectedTabs") ?? "";
  const from = Number(query.get("startIndex") ?? "0");
  const found = world.orders.of(uid).filter((order) => cabinetTab(order) === tab);
  const orders = found.slice(from, from + Number(query.get("count") ?? "100")).map((order) => ({
    code: order.code,
    createDate: order.createdAt,
    totalPrice: totalOf(order),
    entries: order.entries.map((entry) => ({
      ...{ masterProductCode: entry.cardId, name: entry.title, quantity: entry.quantity },
      totalPrice: lineTotal(entry),
    })),
  }));
  return json([{ tab, total: found.length, orders }]);
}
