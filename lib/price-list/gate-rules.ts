import { offerFinding } from "./finding-rules";
import type { ListFinding, ListOffer } from "./model";

// Like the exit gate of single prices, this shares no code with what it watches, on purpose.

/** The prices of an offer that may leave, ₸: those Kaspi shows, and those that have passed the exit gate. */
export type Allowed = {
  /** Where one price holds everywhere. */
  common: readonly number[];
  /** By city. */
  cities: ReadonlyMap<string, readonly number[]>;
};

/**
 * Whether an offer of a finished list says no price but one that is allowed: a file is no way around the
 * gate. `row` counts from 1.
 */
export function judgeLeaving(
  offer: ListOffer,
  row: number,
  allowed: Allowed | undefined,
): ListFinding[] {
  const where = { row, sku: offer.sku };
  if (!allowed) return [offerFinding(where, "other_price", "")];
  if (offer.prices.kind === "common") {
    const { price } = offer.prices;
    return allowed.common.includes(price)
      ? []
      : [offerFinding(where, "other_price", String(price))];
  }
  return offer.prices.prices
    .filter(({ cityId, price }) => allowed.cities.get(cityId)?.includes(price) !== true)
    .map(({ price }) => offerFinding(where, "other_price", String(price)));
}
