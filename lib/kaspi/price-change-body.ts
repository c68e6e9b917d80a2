import { AppError } from "@/lib/core/errors";
import { LOWEST_KASPI_PRICE, type Tenge } from "@/lib/core/money";
import type { Availability, OwnOffer } from "@/lib/kaspi/own-offer";

export type PointOnWire = {
  available: "yes" | "no";
  storeId: string;
  stockCount?: number;
  preOrder?: number;
};

/** The body of a price write, in Kaspi's words (protocol C1). */
export type PriceChangeBody = {
  merchantUid: string;
  sku: string;
  model?: string;
  availabilities?: PointOnWire[];
} & ({ price: Tenge } | { cityPrices: { cityId: string; value: Tenge }[] });

/**
 * A write that changes the price in one city and nothing else (protocol C1, C3): every point is
 * repeated as it is at this moment, or it would leave sale or come back to it. With prices by city
 * all of them are repeated, without the common one. Throws `invalid` below 10 ₸ or for a part of one.
 */
export function priceChange(
  offer: OwnOffer,
  change: { merchantUid: string; cityId: string; price: Tenge },
): PriceChangeBody {
  const { merchantUid, cityId, price } = change;
  assertSendable(price);
  const { availabilities, cityPrices, model } = offer;
  return {
    merchantUid,
    sku: offer.sku,
    ...(model === null ? {} : { model }),
    ...(availabilities === null
      ? {}
      : { availabilities: availabilities.map((point) => pointAsShown(point, merchantUid)) }),
    ...(cityPrices === null ? { price } : { cityPrices: withCity(cityPrices, cityId, price) }),
  };
}

/** The last door: Kaspi's own minimum, and whole tenge. */
export function assertSendable(price: number): void {
  if (Number.isSafeInteger(price) && price >= LOWEST_KASPI_PRICE) return;
  throw new AppError("invalid", "price_below_minimum", { params: { price } });
}

/** With the merchant in front, as writes want it (C3). */
export const pointOnWire = (pointId: string, merchantUid: string): string =>
  pointId.startsWith(`${merchantUid}_`) ? pointId : `${merchantUid}_${pointId}`;

/** `stockCount` only where stock is managed and never null: Kaspi takes such goods off sale (C3). */
export function pointAsShown(point: Availability, merchantUid: string): PointOnWire {
  const { pointId, available, stockManaged, stockCount, preorderDays } = point;
  return {
    available: available ? "yes" : "no",
    storeId: pointOnWire(pointId, merchantUid),
    ...(stockManaged && stockCount !== null ? { stockCount } : {}),
    ...(preorderDays !== null && preorderDays > 0 ? { preOrder: preorderDays } : {}),
  };
}

function withCity(prices: { cityId: string; price: Tenge }[], cityId: string, price: Tenge) {
  const others = prices.map((city) => ({
    cityId: city.cityId,
    value: city.cityId === cityId ? price : city.price,
  }));
  return prices.some((city) => city.cityId === cityId)
    ? others
    : [...others, { cityId, value: price }];
}
