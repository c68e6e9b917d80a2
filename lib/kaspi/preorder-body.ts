import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import type { Availability, OwnOffer } from "@/lib/kaspi/own-offer";
import {
  assertSendable,
  type PointOnWire,
  type PriceChangeBody,
  pointAsShown,
  pointOnWire,
} from "@/lib/kaspi/price-change-body";

/** What a point is to be. `days` until the goods reach it; 0: they are there. */
export type PointWish = {
  pointId: string;
  available: boolean;
  days: number;
  /** Pieces that have come, for a point that counts them and has none. */
  stock?: number;
};

/** What goods come on sale with, ₸; where they have prices by city, in these cities alone. */
export type SalePrice = { price: Tenge; cityIds: readonly string[] };

/**
 * A write that changes days and availability of some points and nothing else (protocol C1, C3, J): the
 * other points are repeated as they are at this moment. `price` is for goods that are off sale; without
 * it, and in cities it is not for, those that Kaspi shows are repeated. Throws `invalid` below 10 ₸, and `preorder_no_price` where none is shown.
 */
export function preorderChange(
  offer: OwnOffer,
  change: { merchantUid: string; points: readonly PointWish[]; price: SalePrice | null },
): PriceChangeBody {
  const { merchantUid, points, price } = change;
  const { model, sku } = offer;
  return {
    merchantUid,
    sku,
    ...(model === null ? {} : { model }),
    availabilities: allPoints(offer.availabilities ?? [], points, merchantUid),
    ...pricesOf(offer, price),
  };
}

function allPoints(
  shown: readonly Availability[],
  wishes: readonly PointWish[],
  merchantUid: string,
): PointOnWire[] {
  const nameOf = ({ pointId }: { pointId: string }) => pointOnWire(pointId, merchantUid);
  const wished = new Map(wishes.map((wish) => [nameOf(wish), wish]));
  const known = new Set(shown.map(nameOf));
  return [
    ...shown.map((point) => {
      const wish = wished.get(nameOf(point));
      return wish ? asWished(wish, point, merchantUid) : pointAsShown(point, merchantUid);
    }),
    ...wishes
      .filter((wish) => !known.has(nameOf(wish)))
      .map((wish) => asWished(wish, null, merchantUid)),
  ];
}

/** A point whose goods are under way has no count of zero: Kaspi would take it off sale (C3). */
function asWished(wish: PointWish, shown: Availability | null, merchantUid: string): PointOnWire {
  const { available, days, stock = 0 } = wish;
  const counted = shown?.stockManaged ? shown.stockCount || stock : 0;
  return {
    available: available ? "yes" : "no",
    storeId: pointOnWire(wish.pointId, merchantUid),
    ...(available && counted > 0 ? { stockCount: counted } : {}),
    // A point that had days is told that it has none any more.
    ...(days > 0 || (shown?.preorderDays ?? 0) > 0 ? { preOrder: days } : {}),
  };
}

/** A common price would clear those by city: where there are any, all of them are sent (protocol C1). */
function pricesOf({ cityPrices, price: shown }: OwnOffer, sale: SalePrice | null) {
  if (cityPrices !== null)
    return {
      cityPrices: cityPrices.map(({ cityId, price }) => ({
        cityId,
        value: sendable(sale?.cityIds.includes(cityId) ? sale.price : price),
      })),
    };
  const price = sale?.price ?? shown;
  if (price === null) throw new AppError("invalid", "preorder_no_price");
  return { price: sendable(price) };
}

function sendable(price: Tenge): Tenge {
  assertSendable(price);
  return price;
}
