import type { Tenge } from "@/lib/core/money";
import type { GoodsRow } from "./goods-queries";
import type { ListOffer } from "./model";

/** A price of a version that is another one now. */
export type Back = {
  productId: string;
  cityId: string | undefined;
  price: Tenge;
  now: Tenge | null;
};

/** What of a product costs something else than in a version: where Kaspi has its prices by city, by city. */
export function backOf(goods: GoodsRow, offer: ListOffer | undefined): Back[] {
  if (!offer) return [];
  const productId = goods.id;
  if (offer.prices.kind === "common") {
    const { price } = offer.prices;
    const isOther = goods.cityPrices === null && goods.price !== price;
    return isOther ? [{ productId, cityId: undefined, price, now: goods.price }] : [];
  }
  return offer.prices.prices.flatMap(({ cityId, price }) => {
    const now = goods.cityPrices?.[cityId];
    return now === undefined || now === price ? [] : [{ productId, cityId, price, now }];
  });
}
