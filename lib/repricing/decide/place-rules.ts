import type { Tenge } from "@/lib/core/money";
import type { Offer, Place } from "./model";

/**
 * Where a price would stand among the other offers of a card. A tie counts against us: place 1 means
 * strictly cheapest. `total` is Kaspi's count of offers when it lists more than were read.
 */
export function placeAt(price: Tenge, others: readonly Offer[], total = 0): Place {
  const ahead = others.filter((other) => other.price <= price).length;
  return { place: ahead + 1, of: Math.max(others.length + 1, total) };
}

/** Our place on a card as Kaspi lists it, our other stores counted like anyone; null: not listed. */
export function placeOf(
  offers: readonly Offer[],
  merchantId: string,
  total = offers.length,
): Place | null {
  const ours = offers.find((offer) => offer.merchantId === merchantId);
  if (!ours) return null;
  const others = offers.filter((offer) => offer !== ours);
  return placeAt(ours.price, others, total);
}
