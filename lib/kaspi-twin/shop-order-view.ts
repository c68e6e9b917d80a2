import { cityName } from "@/lib/kaspi-twin/cities";
import type { TwinEntry, TwinOrder } from "@/lib/kaspi-twin/orders";

const BASE = "https://kaspi.kz/shop/api/v2";

/** The API's ids: base64 without its padding. */
export const encoded = (text: string) => Buffer.from(text).toString("base64").replace(/=+$/, "");
export const decoded = (id: string) => Buffer.from(id, "base64").toString();

export const entryId = (order: TwinOrder, nth: number) => encoded(`${order.code}##${nth}`);

const link = (path: string) => ({ links: { self: `${BASE}/${path}`, related: `${BASE}/${path}` } });

/** Sums come as floats, `5990.0`. */
export const totalOf = ({ entries }: TwinOrder) =>
  entries.reduce((sum, entry) => sum + lineTotal(entry), 0);

export const lineTotal = ({ price, quantity, weight }: TwinEntry) =>
  Math.round(price * (weight === undefined ? quantity : weight / 1_000));

function unitOf({ quantity, weight }: TwinEntry): string {
  if (weight !== undefined) return "MEASURABLE_PIECES";
  return Number.isInteger(quantity) ? "PIECES" : "MEASURABLE";
}

/** An order as the official API shows it (protocol G2). */
export function shopOrder(order: TwinOrder) {
  const id = encoded(order.code);
  const user = encoded(order.phone);
  const point = order.pointId.split("_").slice(1).join("_");
  const town = `г. ${cityName(order.cityId)}`;
  return {
    id,
    type: "orders",
    attributes: {
      code: order.code,
      creationDate: order.createdAt,
      totalPrice: totalOf(order),
      deliveryCostForSeller: order.sellerDeliveryCost,
      isKaspiDelivery: order.isKaspiDelivery,
      preOrder: order.preOrder,
      approvedByBankDate: order.createdAt + 500,
      ...(order.plannedAt !== null && { plannedDeliveryDate: order.plannedAt }),
      signatureRequired: order.signatureRequired,
      status: order.status,
      pickupPointId: order.pointId,
      state: order.state,
      ...(order.cancellationReason !== null && { cancellationReason: order.cancellationReason }),
      deliveryCost: order.deliveryCost,
      customer: {
        id: user,
        name: order.firstName,
        cellPhone: order.phone,
        firstName: order.firstName,
        lastName: order.lastName,
      },
      originAddress: {
        id: encoded(order.pointId),
        displayName: point,
        address: {
          ...{ streetName: " улица Учебная", streetNumber: " 1", town, district: null },
          ...{ building: null, apartment: null, formattedAddress: `${town}, улица Учебная, 1` },
          ...{ latitude: 43.25, longitude: 76.92 },
        },
        city: {
          id: encoded(order.cityId),
          code: order.cityId,
          name: cityName(order.cityId),
          active: true,
        },
      },
      ...(order.isKaspiDelivery && { kaspiDelivery: delivery(order), assembled: order.assembled }),
      deliveryMode: order.deliveryMode,
      paymentMode: order.paymentMode,
    },
    relationships: {
      entries: {
        ...link(`orders/${id}/entries`),
        data: order.entries.map((_, nth) => ({ type: "orderentries", id: entryId(order, nth) })),
      },
      user: { ...link(`orders/${id}/user`), data: { type: "customers", id: user } },
    },
    links: { self: `${BASE}/orders/${id}` },
  };
}

function delivery(order: TwinOrder) {
  return {
    waybill: order.assembled ? `https://kaspi.kz/shop/api/waybill/${order.code}` : null,
    courierTransmissionDate: order.handedOverAt,
    courierTransmissionPlanningDate: order.handoverBy,
    waybillNumber: order.assembled ? `1${order.code}` : null,
    express: order.express,
    returnedToWarehouse: false,
    firstMileCourier: null,
  };
}

/** A line as it comes along with its order. */
export function shopEntry(order: TwinOrder, entry: TwinEntry, nth: number) {
  const id = entryId(order, nth);
  return {
    id,
    type: "orderentries",
    attributes: {
      entryNumber: nth,
      deliveryCost: 0,
      quantity: entry.quantity,
      weight: entry.weight ?? 0,
      basePrice: entry.price,
      totalPrice: lineTotal(entry),
      unitType: unitOf(entry),
      category: { code: entry.category, title: entry.categoryTitle },
      offer: { code: entry.sku, isImeiRequired: false, name: entry.title },
    },
    relationships: {
      product: {
        data: { id: encoded(entry.cardId), type: "masterproducts" },
        ...link(`orderentries/${id}/product`),
      },
      deliveryPointOfService: {
        data: { id: encoded(order.pointId), type: "pointofservices" },
        ...link(`orderentries/${id}/deliveryPointOfService`),
      },
    },
    links: { self: `${BASE}/orderentries/${id}` },
  };
}
