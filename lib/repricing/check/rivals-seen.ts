import type { Observed } from "./check-products";

/** Two lists of one length; null: the market is as it was. */
type RivalsSeen = { rivalIds: string[] | null; rivalPrices: number[] | null };

/** Who else sells it and for how much, each seller once by their cheapest offer. */
export function rivalsSeen(observed: Observed | null): RivalsSeen {
  if (!observed || observed.isKnown) return { rivalIds: null, rivalPrices: null };
  const cheapest = new Map<string, number>();
  for (const { merchantId, price } of observed.offers)
    if (!observed.ownMerchants.has(merchantId) && price < (cheapest.get(merchantId) ?? Infinity))
      cheapest.set(merchantId, price);
  return { rivalIds: [...cheapest.keys()], rivalPrices: [...cheapest.values()] };
}
