import { z } from "zod";
import { wireId, wireNumber, wirePrice, wireText } from "@/lib/kaspi/wire-values";

/** Shown to people only: an odd value costs the field, not the row. */
const shown = wireText.catch(null);
const flag = z.boolean().nullish();
const count = wireNumber.refine((value) => value >= 0).nullish();

/**
 * A row of the own offers' list (protocol B1): strict on what prices are written from, tolerant
 * elsewhere. About 300 city prices come with each row; checking them one by one would triple the
 * cost of a page, so they stay as they are until one is asked for.
 */
export const ownOfferWire = z.object({
  sku: wireId,
  masterSku: wireId.nullish(),
  offerId: wireId.nullish().catch(null),
  title: shown,
  masterTitle: shown,
  model: z.string().nullish(),
  brand: shown,
  brandName: shown,
  masterCategory: shown,
  images: z.array(z.string()).nullish().catch(null),
  imagesV2: z
    .array(z.object({ medium: shown }))
    .nullish()
    .catch(null),
  shopLink: shown,
  available: z.boolean(),
  operationType: shown,
  processed: flag,
  price: wirePrice,
  minPrice: wirePrice,
  cityPrices: z.array(z.object({ cityId: wireId, value: wirePrice })).nullish(),
  allCityPrices: z.unknown().optional(),
  availabilities: z
    .array(
      z.object({
        storeId: wireId,
        available: z.enum(["yes", "no"]),
        stockSpecified: flag,
        stockCount: count,
        preOrder: count,
      }),
    )
    .nullish(),
  stocks: z
    .array(z.object({ stockLevel: z.record(z.string(), z.object({ value: count })).nullish() }))
    .nullish(),
});

export type OwnOfferWire = z.output<typeof ownOfferWire>;

const cityEntry = z.object({ price: wirePrice });

/** One city of `allCityPrices`: what buyers there see; null when the city is not listed. */
export function priceShownIn(allCityPrices: unknown, cityId: string) {
  if (typeof allCityPrices !== "object" || allCityPrices === null) return null;
  if (!Object.hasOwn(allCityPrices, cityId)) return null;
  return cityEntry.safeParse(Reflect.get(allCityPrices, cityId)).data?.price ?? null;
}
