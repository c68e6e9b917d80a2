import { z } from "zod";
import { checked } from "@/lib/kaspi/answer";
import { callCabinet } from "@/lib/kaspi/cabinet-call";
import type { KaspiOrder, OrderEntry } from "@/lib/kaspi/order";
import { unitPriceOf, wireAmount, wireMillis, wireQuantity } from "@/lib/kaspi/order-values";
import type { CabinetSession } from "@/lib/kaspi/session";
import { wireId, wireText } from "@/lib/kaspi/wire-values";

const tabs = z.array(z.object({ tab: wireId, orders: z.array(z.unknown()).nullish() }));

const orderWire = z.object({
  code: wireId,
  status: wireText.catch(null),
  createDate: wireMillis,
  totalPrice: wireAmount,
  entries: z.array(
    z.object({
      masterProductCode: wireId.nullish().catch(null),
      name: wireText.catch(null),
      quantity: wireQuantity,
      totalPrice: wireAmount,
    }),
  ),
});

export type LegacyOrders = { orders: KaspiOrder[]; unreadable: number };

/** Kaspi gives no more of a tab at once. */
export const LEGACY_PAGE = 100;

/**
 * The orders of a tab as the cabinet gave them until 2025 (protocol G1, `/mc/api/orderTabs/active`), `start` from
 * 0. Throws as `callCabinet`.
 */
export async function listLegacyOrders(
  cabinet: CabinetSession,
  { merchantUid, tab, start }: { merchantUid: string; tab: string; start: number },
): Promise<LegacyOrders> {
  const { answer, url } = await callCabinet(cabinet, {
    path: "/mc/api/orderTabs/active",
    query: {
      count: String(LEGACY_PAGE),
      selectedTabs: tab,
      startIndex: String(start),
      loadPoints: "false",
      _m: merchantUid,
    },
  });
  const read = checked(tabs, answer, url).flatMap((one) =>
    (one.orders ?? []).map((order) => readLegacy(order, one.tab)),
  );
  const orders = read.filter((order) => order !== null);
  return { orders, unreadable: read.length - orders.length };
}

/** Where the old form says nothing of the status, the tab does. */
function statusIn(tab: string): string {
  if (tab === "NEW") return "APPROVED_BY_BANK";
  return tab === "KASPI_DELIVERY_RETURN_REQUEST" ? "CANCELLING" : "ACCEPTED_BY_MERCHANT";
}

function readLegacy(value: unknown, tab: string): KaspiOrder | null {
  const { data } = orderWire.safeParse(value);
  if (!data) return null;
  return {
    code: data.code,
    kaspiId: null,
    state: tab,
    status: data.status ?? statusIn(tab),
    isStatusGuessed: !data.status,
    orderedAt: data.createDate,
    totalPrice: data.totalPrice,
    deliveryMode: null,
    isKaspiDelivery: tab.startsWith("KASPI_DELIVERY") || null,
    express: null,
    paymentMode: null,
    deliveryCost: null,
    sellerDeliveryCost: null,
    pickupPointId: null,
    cityId: null,
    cityName: null,
    preOrder: tab === "KASPI_DELIVERY_WAIT_FOR_POINT_DELIVERY",
    signatureRequired: tab === "SIGN_REQUIRED" || null,
    assembled: null,
    cancellationReason: null,
    plannedAt: null,
    handoverBy: null,
    handedOverAt: null,
    waybillUrl: null,
    buyerName: null,
    emptied: [],
    entries: data.entries.length > 0 ? data.entries.map(entryOf) : null,
  };
}

type WireEntry = z.output<typeof orderWire>["entries"][number];

function entryOf(
  { masterProductCode, name, quantity, totalPrice }: WireEntry,
  nth: number,
): OrderEntry {
  return {
    ...{ nth, entryId: null, sku: null, name, cardId: masterProductCode ?? null },
    ...{ categoryCode: null, categoryTitle: null, quantity, unitType: null, totalPrice },
    unitPrice: unitPriceOf(totalPrice, quantity),
    deliveryCost: null,
    weight: null,
  };
}
