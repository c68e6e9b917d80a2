import { and, eq, sql } from "drizzle-orm";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { productCities, products, type ShownPoint } from "@/lib/db/schema/products";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { areSameCities, type CityPrices, pricesByCity } from "@/lib/products/city-prices";
import { shownPoints } from "@/lib/products/shown-points";
import { type CityKey, lockedCities } from "@/lib/repricing/check/check-queries";
import { keepPricedCities, oneProduct } from "@/lib/stores/priced-queries";
import { noneUnderWay } from "./sendable-queries";

/** A product's row at Kaspi as just read; `price` is the one in the city it was read for, ₸. */
export type ShownRow = {
  price: Tenge | null;
  cityPrices: CityPrices;
  onSale: boolean;
  cardId: string | null;
  model: string | null;
  points: ShownPoint[] | null;
};

export const shownRow = (offer: OwnOffer, cityId: string): ShownRow => ({
  price: offer.cityPrice(cityId),
  cityPrices: pricesByCity(offer),
  onSale: offer.onSale,
  cardId: offer.cardId,
  model: offer.model,
  points: shownPoints(offer),
});

/**
 * Keeps what Kaspi has just shown of a product that was looked at for one city: the prices of all its
 * priced cities, which they are, should Kaspi have come to show others, and the card it stands on.
 */
export async function recordShown(
  tx: Tx,
  { productId, cityId }: CityKey,
  shown: ShownRow,
  now: Date,
): Promise<void> {
  const prices = JSON.stringify(shown.cityPrices ?? {});
  const shownIn = (city: unknown, otherwise: unknown) =>
    sql`coalesce((${prices}::jsonb ->> ${city})::int,
      case when ${city} = ${cityId} then ${shown.price}::int else ${otherwise} end)`;
  const [before] = await tx
    .select({ cityPrices: products.cityPrices })
    .from(products)
    .where(eq(products.id, productId))
    .for("no key update");
  await tx
    .update(products)
    .set({
      onSale: shown.onSale,
      cardId: shown.cardId,
      model: shown.model,
      points: shown.points,
      cityPrices: shown.cityPrices,
      price: shownIn(products.leadCityId, products.price),
    })
    .where(eq(products.id, productId));
  if (before && !areSameCities(before.cityPrices, shown.cityPrices))
    await keepPricedCities(tx, oneProduct(productId), now);
  const here = and(eq(productCities.productId, productId), productCities.isPriced);
  await tx
    .update(productCities)
    .set({ price: shownIn(productCities.cityId, productCities.price) })
    .where(lockedCities(tx, here ?? sql`false`));
}

/** Whether this is still the price Kaspi is believed to show, and none of the product is on its way to it. */
export async function isStillBelieved(
  tx: Tx,
  { productId, cityId }: CityKey,
  price: Tenge,
): Promise<boolean> {
  const here = and(eq(productCities.productId, productId), eq(productCities.cityId, cityId));
  const isBelieved = and(
    here,
    eq(productCities.price, price),
    noneUnderWay(sql`${productId}::uuid`),
  );
  return (await tx.$count(productCities, isBelieved)) > 0;
}
