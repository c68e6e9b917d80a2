import { z } from "zod";
import type { KaspiOrder, OrderEntry } from "@/lib/kaspi/order";
import {
  fullName,
  mark,
  odd,
  unitPriceOf,
  wireAmount,
  wireIso,
  wireQuantity,
} from "@/lib/kaspi/order-values";
import { wireId, wireText } from "@/lib/kaspi/wire-values";

const shown = wireText.catch(null);
const moment = odd(wireIso);

/** Of a point the short name (`PP1`); the full id has the merchant in front. */
const place = odd(z.object({ name: shown, city: odd(z.object({ id: odd(wireId), name: shown })) }));

const entryWire = z.object({
  quantity: wireQuantity,
  totalPrice: wireAmount,
  product: odd(z.object({ code: wireId, name: shown })),
  merchantProduct: odd(z.object({ code: wireId, name: shown })),
});

/**
 * An order of the cabinet's GraphQL, of `getOrders` or `getOrderDetails` (protocol G1): strict on what it is
 * known by and what is counted with.
 */
const orderWire = z.object({
  code: wireId,
  state: shown,
  status: wireId,
  creationTime: wireIso,
  totalPrice: odd(wireAmount),
  preOrder: odd(z.boolean()),
  kaspiDelivery: odd(z.boolean()),
  customer: odd(z.object({ firstName: shown, lastName: shown })),
  entries: z.array(z.unknown()).nullish(),
  warehouse: place,
  cancelReason: shown,
  payments: odd(z.array(z.object({ signRequired: mark }))),
  delivery: odd(
    z.object({
      mode: shown,
      isExpress: odd(z.boolean()),
      kdAssembled: odd(z.boolean()),
      plannedDeliveryDate: moment,
      transmissionPlanningDate: moment,
    }),
  ),
});

/** An order; `tab` is where it was listed, else it says its state itself. Null: not to be understood. */
export function readCabinetOrder(
  value: unknown,
  { merchantUid, tab }: { merchantUid: string; tab: string | null },
): KaspiOrder | null {
  const { data } = orderWire.safeParse(value);
  const state = data?.state ?? tab;
  if (!data || !state) return null;
  const entries = entriesOf(data.entries ?? []);
  const total = data.totalPrice ?? sumOf(entries);
  if (total === null) return null;
  return {
    code: data.code,
    kaspiId: null,
    state,
    status: data.status,
    isStatusGuessed: false,
    orderedAt: data.creationTime,
    totalPrice: total,
    // `getOrderDetails` is not known to say it, and of an archived order the state does not, either.
    isKaspiDelivery: data.kaspiDelivery ?? (state.startsWith("KASPI_DELIVERY") || null),
    paymentMode: null,
    deliveryCost: null,
    sellerDeliveryCost: null,
    ...placeOf(data.warehouse, merchantUid),
    preOrder: data.preOrder ?? state === "KASPI_DELIVERY_WAIT_FOR_POINT_DELIVERY",
    signatureRequired: signatureIn(state, data.payments),
    cancellationReason: data.cancelReason,
    ...deliveryOf(data.delivery),
    buyerName: fullName(data.customer?.firstName, data.customer?.lastName),
    emptied: [],
    entries,
  };
}

type Wire = z.output<typeof orderWire>;

function signatureIn(state: string, payments: Wire["payments"]): boolean | null {
  if (state === "SIGN_REQUIRED") return true;
  return payments?.some(({ signRequired }) => signRequired) ?? null;
}

function placeOf(warehouse: Wire["warehouse"], merchantUid: string) {
  const point = warehouse?.name ?? null;
  const own = `${merchantUid}_`;
  return {
    pickupPointId: point === null || point.startsWith(own) ? point : own + point,
    cityId: warehouse?.city?.id ?? null,
    cityName: warehouse?.city?.name ?? null,
  };
}

function deliveryOf(delivery: Wire["delivery"]) {
  return {
    deliveryMode: delivery?.mode ?? null,
    express: delivery?.isExpress ?? null,
    assembled: delivery?.kdAssembled ?? null,
    plannedAt: delivery?.plannedDeliveryDate ?? null,
    handoverBy: delivery?.transmissionPlanningDate ?? null,
    handedOverAt: null,
    waybillUrl: null,
  };
}

function entriesOf(values: readonly unknown[]): OrderEntry[] | null {
  const entries = values.flatMap((value, nth) => {
    const { data } = entryWire.safeParse(value);
    if (!data) return [];
    const { product, merchantProduct, quantity, totalPrice } = data;
    return [
      {
        ...{ nth, entryId: null, quantity, unitType: null, totalPrice },
        sku: merchantProduct?.code ?? null,
        name: product?.name ?? merchantProduct?.name ?? null,
        cardId: product?.code ?? null,
        categoryCode: null,
        categoryTitle: null,
        unitPrice: unitPriceOf(totalPrice, quantity),
        deliveryCost: null,
        weight: null,
      },
    ];
  });
  return entries.length === values.length && entries.length > 0 ? entries : null;
}

/** `getOrderDetails` names no total of the order. */
function sumOf(entries: OrderEntry[] | null): OrderEntry["totalPrice"] | null {
  if (!entries) return null;
  const sum = entries.reduce((total, { totalPrice }) => total + totalPrice, 0);
  return wireAmount.safeParse(sum).data ?? null;
}
