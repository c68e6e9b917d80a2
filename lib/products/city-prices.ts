import type { Tenge } from "@/lib/core/money";
import type { OwnOffer } from "@/lib/kaspi/own-offer";

/** The seller's prices by city as they are stored, ₸; null: one price holds everywhere. */
export function pricesByCity({ cityPrices }: Pick<OwnOffer, "cityPrices">) {
  return cityPrices && Object.fromEntries(cityPrices.map(({ cityId, price }) => [cityId, price]));
}

export type CityPrices = Record<string, Tenge> | null;

/** Whether both say something of the same cities; the prices themselves do not matter. */
export function areSameCities(one: CityPrices, other: CityPrices): boolean {
  const named = (prices: CityPrices) => prices && Object.keys(prices).sort().join();
  return named(one) === named(other);
}
