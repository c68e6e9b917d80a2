import type { Offer } from "./model";

/** Which of the offers of a list are meant, one bit each, four to a hex digit: 256 offers are 64 digits. */
export function placesOf(offers: readonly Offer[], isMeant: (offer: Offer) => boolean): string {
  return Array.from({ length: Math.ceil(offers.length / 4) }, (_, nth) => {
    const four = offers.slice(nth * 4, nth * 4 + 4);
    return four
      .reduce((bits, offer, place) => bits + (isMeant(offer) ? 2 ** place : 0), 0)
      .toString(16);
  }).join("");
}

/** The merchants at the places that `placesOf` has kept. */
export function merchantsAt(offers: readonly Offer[], places: string): ReadonlySet<string> {
  const isMeant = (place: number) =>
    (Number.parseInt(places[place >> 2] ?? "0", 16) >> (place % 4)) % 2 === 1;
  return new Set(offers.filter((_, place) => isMeant(place)).map(({ merchantId }) => merchantId));
}
