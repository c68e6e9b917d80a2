import { DAY, HOUR, MINUTE } from "@/lib/core/time";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import { priceIn } from "@/lib/kaspi-twin/offer-state";
import { between, digits, pick, roll } from "@/lib/kaspi-twin/seeded";
import type { Shelves } from "@/lib/kaspi-twin/shelves";

export type TwinEntry = {
  sku: string;
  cardId: string;
  title: string;
  category: string;
  categoryTitle: string;
  quantity: number;
  /** Of one, or of a kilogram of what is weighed; whole tenge. */
  price: number;
  /** Grams of what is sold by pieces and weighed. */
  weight?: number;
};

/** An order as Kaspi holds it. Moments are milliseconds of the twin's clock. */
export type TwinOrder = {
  merchantUid: string;
  code: string;
  createdAt: number;
  state: string;
  status: string;
  isKaspiDelivery: boolean;
  deliveryMode: string;
  paymentMode: string;
  deliveryCost: number;
  sellerDeliveryCost: number;
  express: boolean;
  preOrder: boolean;
  signatureRequired: boolean;
  assembled: boolean;
  parcels: number | null;
  pointId: string;
  cityId: string;
  plannedAt: number | null;
  handoverBy: number | null;
  handedOverAt: number | null;
  cancellationReason: string | null;
  firstName: string;
  lastName: string;
  phone: string;
  entries: TwinEntry[];
  /** The code the buyer was sent last. */
  securityCode: string | null;
};

export type SavedOrders = TwinOrder[];

const names = ["Айгерим", "Ерлан", "Марина", "Данияр", "Ольга", "Санжар"] as const;
const letters = ["А", "Б", "Е", "К", "М", "С"] as const;
const payments = ["PREPAID", "PREPAID", "PAY_WITH_CREDIT"] as const;

/** All orders of the twin. A shop has none until some are made. */
export class Orders {
  #orders: TwinOrder[] = [];
  #byCode = new Map<string, TwinOrder>();
  #newestFirst = new Map<string, TwinOrder[]>();
  #made = 0;

  constructor(
    readonly seed: string,
    readonly shelves: Shelves,
    readonly changed: () => void,
  ) {}

  /** The newest first, as Kaspi lists them. */
  of(merchantUid: string): TwinOrder[] {
    const known = this.#newestFirst.get(merchantUid);
    if (known) return known;
    const sorted = this.#orders
      .filter((order) => order.merchantUid === merchantUid)
      .sort((one, other) => other.createdAt - one.createdAt || (one.code < other.code ? 1 : -1));
    this.#newestFirst.set(merchantUid, sorted);
    return sorted;
  }

  /** They may stand in another order than before. */
  moved(): void {
    this.#newestFirst.clear();
  }

  find(merchantUid: string, code: string): TwinOrder | null {
    const order = this.#byCode.get(code);
    return order?.merchantUid === merchantUid ? order : null;
  }

  /** A new order of a merchant, made up where nothing is said. */
  add(merchant: Merchant, createdAt: number, said: Partial<TwinOrder> = {}): TwinOrder {
    this.#made += 1;
    const words = [this.seed, merchant.uid, "order", this.#made] as const;
    const point = merchant.points[between(0, merchant.points.length - 1, ...words, "point")];
    const isKaspiDelivery = said.isKaspiDelivery ?? roll(...words, "delivery") < 0.75;
    const order: TwinOrder = {
      merchantUid: merchant.uid,
      code: `${8}${digits(3, ...words, "code")}${String(this.#made).padStart(5, "0")}`,
      createdAt,
      ...{ state: "NEW", status: "APPROVED_BY_BANK", isKaspiDelivery },
      deliveryMode: isKaspiDelivery ? "DELIVERY_REGIONAL_TODOOR" : "DELIVERY_PICKUP",
      paymentMode: pick(payments, ...words, "payment"),
      deliveryCost: between(0, 1, ...words, "free") * 500,
      sellerDeliveryCost: isKaspiDelivery ? between(6, 14, ...words, "cost") * 100 : 0,
      express: roll(...words, "express") < 0.1,
      ...{ preOrder: false, signatureRequired: false, assembled: false, parcels: null },
      pointId: point?.id ?? `${merchant.uid}_PP1`,
      cityId: point?.cityId ?? "750000000",
      plannedAt: createdAt + 3 * DAY,
      handoverBy: isKaspiDelivery ? createdAt + 20 * HOUR : null,
      ...{ handedOverAt: null, cancellationReason: null, securityCode: null },
      firstName: pick(names, ...words, "name"),
      lastName: pick(letters, ...words, "letter"),
      phone: `700${digits(7, ...words, "phone")}`,
      entries: said.entries ?? [this.entry(merchant, between(0, 39, ...words, "goods"))],
      ...said,
    };
    this.#orders.push(order);
    this.moved();
    this.#byCode.set(order.code, order);
    this.changed();
    return order;
  }

  /** A line about the merchant's offer number `index`, at its price of now. */
  entry(merchant: Merchant, index: number, quantity = 1): TwinEntry {
    const offer = this.shelves.offer(merchant, index % merchant.offers);
    const { card, state, sku } = offer;
    const price = priceIn(state, merchant.points[0]?.cityId ?? "") || card.usualPrice;
    return {
      ...{ sku, cardId: card.id, title: card.title, quantity, price },
      category: `Master - ${card.kind.category}`,
      categoryTitle: card.kind.noun,
    };
  }

  /** So many orders a day for so many days until now, each where one of its age would be. */
  fill(
    merchant: Merchant,
    { days, perDay }: { days: number; perDay: number },
    now: number,
  ): number {
    const step = DAY / perDay;
    const count = days * perDay;
    for (let nth = count; nth > 0; nth -= 1) {
      const words = [this.seed, merchant.uid, "fill", nth] as const;
      const jitter = between(0, Math.max(0, Math.floor(step) - 1), ...words);
      const at = Math.floor(now - nth * step + jitter) - MINUTE;
      const order = this.add(merchant, at);
      if (roll(...words, "two") < 0.2)
        order.entries.push(this.entry(merchant, between(40, 79, ...words, "second"), 2));
      Object.assign(order, fateOf(order, now, roll(...words, "fate")));
    }
    return count;
  }

  save(): SavedOrders {
    return this.#orders;
  }

  restore(saved: SavedOrders): void {
    this.#orders = saved;
    this.moved();
    this.#byCode = new Map(saved.map((order) => [order.code, order]));
    this.#made = Math.max(this.#made, saved.length);
  }
}

const accepted = "ACCEPTED_BY_MERCHANT";

function fateOf(order: TwinOrder, now: number, luck: number): Partial<TwinOrder> {
  const age = now - order.createdAt;
  if (age > 6 * DAY) return archived(order, luck);
  if (age < 2 * HOUR) return {};
  return order.isKaspiDelivery ? underWay(order, age, luck) : atTheShop(luck);
}

function archived(order: TwinOrder, luck: number): Partial<TwinOrder> {
  const archive = { state: "ARCHIVE", assembled: order.isKaspiDelivery };
  const cancellationReason = "BUYER_CANCELLATION_BY_MERCHANT";
  if (luck < 0.05) return { ...archive, status: "CANCELLED", cancellationReason };
  if (luck < 0.08) return { ...archive, status: "RETURNED" };
  return { ...archive, status: "COMPLETED", handedOverAt: order.createdAt + DAY };
}

function atTheShop(luck: number): Partial<TwinOrder> {
  if (luck < 0.1) return { state: "SIGN_REQUIRED", status: accepted, signatureRequired: true };
  if (luck < 0.5) return { state: "PICKUP", status: accepted, deliveryMode: "DELIVERY_PICKUP" };
  return { state: "DELIVERY", status: accepted, deliveryMode: "DELIVERY_LOCAL" };
}

function underWay(order: TwinOrder, age: number, luck: number): Partial<TwinOrder> {
  const onItsWay = { state: "KASPI_DELIVERY", status: accepted };
  if (luck < 0.1) return { ...onItsWay, preOrder: true };
  if (age < DAY) return { ...onItsWay, assembled: luck >= 0.6 };
  const handedOver = { ...onItsWay, assembled: true, handedOverAt: order.createdAt + DAY };
  if (luck <= 0.92) return handedOver;
  return { ...handedOver, status: "CANCELLING", cancellationReason: "TIMEOUT_BUYER_PICKUP" };
}
