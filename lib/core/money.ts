/** Whole tenge. Kaspi prices carry no tiyn, so an integer is exact. */
export type Tenge = number & { readonly __brand: "Tenge" };

/** Kaspi refuses prices below 10 ₸. */
export const LOWEST_KASPI_PRICE = 10 as Tenge;

/** Nothing on Kaspi costs more; also keeps a slipped finger inside the database's integers. */
export const HIGHEST_PRICE = 999_999_999 as Tenge;

/** Throws a RangeError for anything that is not a whole, non-negative, safe amount. */
export function tenge(amount: number): Tenge {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not a price: ${amount}`);
  return amount as Tenge;
}

/** A share of an amount, rounded to a whole tenge the way the caller says. Percent may have two decimals. */
export function shareOf(amount: Tenge, percent: number, round: "up" | "down"): Tenge {
  // Whole hundredths of a percent: 1.1 % of 1000 is 11 and not 11.000000000000002, which rounds to 12.
  const exact = (amount * Math.round(percent * 100)) / 10_000;
  return tenge(round === "up" ? Math.ceil(exact) : Math.floor(exact));
}

/** A rounded-up share of an amount: `percentOf(999, 1)` is 10. Percent may have two decimals. */
export function percentOf(amount: Tenge, percent: number): Tenge {
  return shareOf(amount, percent, "up");
}
