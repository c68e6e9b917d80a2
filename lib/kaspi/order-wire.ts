import { z } from "zod";
import type { Emptied, KaspiOrder, OrderEntry } from "@/lib/kaspi/order";
import {
  fullName,
  mark,
  odd,
  shownAmount,
  unitPriceOf,
  wireAmount,
  wireLink,
  wireMillis,
  wireQuantity,
} from "@/lib/kaspi/order-values";
import { wireId, wireNumber, wireText } from "@/lib/kaspi/wire-values";

/** Shown to people only: an odd value costs the field, not the order. */
const shown = wireText.catch(null);
const moment = odd(wireMillis);
const flag = odd(z.boolean());

/**
 * An order of the official API (protocol G2): strict on what it is known by and what is counted with. The
 * buyer's phone is not even looked at, and nor are ids that one could be made of.
 */
const orderWire = z.object({
  id: wireId,
  attributes: z.object({
    code: wireId,
    state: wireId,
    status: wireId,
    creationDate: wireMillis,
    totalPrice: wireAmount,
    deliveryMode: shown,
    paymentMode: shown,
    isKaspiDelivery: flag,
    deliveryCost: shownAmount,
    deliveryCostForSeller: shownAmount,
    pickupPointId: shown,
    preOrder: mark,
    signatureRequired: flag,
    assembled: odd(z.boolean()),
    cancellationReason: shown,
    plannedDeliveryDate: moment,
    customer: odd(z.object({ name: shown, firstName: shown, lastName: shown })),
    originAddress: odd(z.object({ city: odd(z.object({ code: wireId, name: shown })) })),
    kaspiDelivery: odd(
      z.object({
        waybill: wireLink,
        courierTransmissionDate: moment,
        courierTransmissionPlanningDate: moment,
        express: flag,
      }),
    ),
  }),
  relationships: odd(
    z.object({ entries: odd(z.object({ data: odd(z.array(z.object({ id: wireId }))) })) }),
  ),
});

const entryWire = z.object({
  id: wireId,
  attributes: z.object({
    entryNumber: z.int().min(0).max(10_000).nullish(),
    quantity: wireQuantity,
    totalPrice: wireAmount,
    basePrice: shownAmount,
    deliveryCost: shownAmount,
    unitType: shown,
    weight: odd(wireNumber.refine((weight) => weight >= 0 && weight < 1e11)),
    category: odd(z.object({ code: shown, title: shown })),
    offer: odd(z.object({ code: odd(wireId), name: shown })),
  }),
});

/** A line of an order, by its own id; `nth` is the place it came in. Null: not to be understood. */
export function readEntry(value: unknown, nth: number): OrderEntry | null {
  const { data } = entryWire.safeParse(value);
  if (!data) return null;
  const { attributes: said, id: entryId } = data;
  return {
    nth: said.entryNumber ?? nth,
    entryId,
    sku: said.offer?.code ?? null,
    name: said.offer?.name ?? null,
    cardId: null,
    categoryCode: said.category?.code ?? null,
    categoryTitle: said.category?.title ?? null,
    quantity: said.quantity,
    unitType: said.unitType ?? null,
    unitPrice: said.basePrice ?? unitPriceOf(said.totalPrice, said.quantity),
    totalPrice: said.totalPrice,
    deliveryCost: said.deliveryCost,
    weight: said.weight,
  };
}

/** All lines that there are, or null: one that is missing would make the order's sum a lie. */
export function readEntries(values: readonly unknown[]): OrderEntry[] | null {
  const entries = values.map(readEntry);
  const known = entries.filter((entry) => entry !== null);
  const numbers = new Set(known.map(({ nth }) => nth));
  return known.length === values.length && numbers.size === known.length && known.length > 0
    ? known
    : null;
}

/** An order; `included` are the lines that came along, by their id. Null: not to be understood. */
export function readOrder(
  value: unknown,
  included: ReadonlyMap<string, unknown>,
): KaspiOrder | null {
  const { data } = orderWire.safeParse(value);
  if (!data) return null;
  const { id: kaspiId, attributes: said } = data;
  const lines = data.relationships?.entries?.data?.map(({ id }) => included.get(id)) ?? [];
  return {
    code: said.code,
    kaspiId,
    state: said.state,
    status: said.status,
    isStatusGuessed: false,
    orderedAt: said.creationDate,
    totalPrice: said.totalPrice,
    deliveryMode: said.deliveryMode,
    isKaspiDelivery: said.isKaspiDelivery,
    paymentMode: said.paymentMode,
    deliveryCost: said.deliveryCost,
    sellerDeliveryCost: said.deliveryCostForSeller,
    pickupPointId: said.pickupPointId,
    cityId: said.originAddress?.city?.code ?? null,
    cityName: said.originAddress?.city?.name ?? null,
    preOrder: said.preOrder,
    signatureRequired: said.signatureRequired,
    assembled: said.assembled,
    cancellationReason: said.cancellationReason,
    plannedAt: said.plannedDeliveryDate,
    ...handoverOf(said),
    buyerName: nameOf(said.customer),
    emptied: emptiedOf(value),
    entries: lines.length > 0 ? readEntries(lines) : null,
  };
}

type Attributes = z.output<typeof orderWire>["attributes"];

function handoverOf({ kaspiDelivery: delivery, isKaspiDelivery }: Attributes) {
  return {
    // Only Kaspi's own delivery has such a mark.
    express: delivery?.express ?? (isKaspiDelivery === false ? false : null),
    handoverBy: delivery?.courierTransmissionPlanningDate ?? null,
    handedOverAt: delivery?.courierTransmissionDate ?? null,
    waybillUrl: delivery?.waybill ?? null,
  };
}

function nameOf(customer: Attributes["customer"]): string | null {
  return fullName(customer?.firstName, customer?.lastName) ?? customer?.name ?? null;
}

const emptyWire = z.object({
  attributes: z.looseObject({
    kaspiDelivery: z.looseObject({}).nullish().catch(null),
  }),
});

/** What is there and null: an answer that leaves it out says nothing of it. */
function emptiedOf(value: unknown): Emptied[] {
  const { data } = emptyWire.safeParse(value);
  if (!data) return [];
  const { attributes: said } = data;
  const delivery = said.kaspiDelivery ?? {};
  const places: readonly [Emptied, unknown][] = [
    ["plannedAt", said.plannedDeliveryDate],
    ["cancellationReason", said.cancellationReason],
    ["handoverBy", delivery.courierTransmissionPlanningDate],
    ["handedOverAt", delivery.courierTransmissionDate],
    ["waybillUrl", delivery.waybill],
  ];
  return places.flatMap(([name, said]) => (said === null ? [name] : []));
}
