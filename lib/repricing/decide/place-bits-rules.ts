import type { Offer } from "./model";

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
const BITS = 6;

/** Which of the offers of a list are meant, one bit each, six to a digit: 256 offers are 43 digits. */
export function placesOf(offers: readonly Offer[], isMeant: (offer: Offer) => boolean): string {
  return Array.from({ length: Math.ceil(offers.length / BITS) }, (_, nth) => {
    const six = offers.slice(nth * BITS, nth * BITS + BITS);
    const bits = six.reduce((sum, offer, place) => sum + (isMeant(offer) ? 2 ** place : 0), 0);
    return digits.charAt(bits);
  }).join("");
}

/** The merchants at the places that `placesOf` has kept. */
export function merchantsAt(offers: readonly Offer[], places: string): ReadonlySet<string> {
  const isMeant = (place: number) => {
    const digit = places[Math.floor(place / BITS)];
    return digit !== undefined && (digits.indexOf(digit) >> (place % BITS)) % 2 === 1;
  };
  return new Set(offers.filter((_, place) => isMeant(place)).map(({ merchantId }) => merchantId));
}
