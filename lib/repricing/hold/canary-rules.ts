import { HOUR } from "@/lib/core/time";

/** A rule changed for more products than this is tried out on a few first. */
const MANY_PRODUCTS = 50;
/** Of a run's 500 at most: one price in fifty, and five at least. */
const LARGEST_RUN = 500;
const SHARE = 0.02;
const FEWEST = 5;
/** Where so few prices move that there are never enough of them, those that did are enough after this. */
const LONG_ENOUGH_MS = HOUR;

/** What has become of the prices that were sent first. */
export type Trial = {
  /** Of so many products the rule was changed. */
  products: number;
  /** How long ago that was, in milliseconds. */
  ageMs: number;
  /** On their way or confirmed. */
  alive: number;
  confirmed: number;
  /** Kaspi did not apply them, or our own gate found them out of bounds. */
  failed: number;
};

export type TrialVerdict =
  | { kind: "passed" }
  | { kind: "failed" }
  /** So many more are to be sent first. */
  | { kind: "goes_on"; wanted: number };

export function isTriedOut(products: number): boolean {
  return products > MANY_PRODUCTS;
}

export function judgeTrial({ products, ageMs, alive, confirmed, failed }: Trial): TrialVerdict {
  if (failed > 0) return { kind: "failed" };
  const size = Math.max(FEWEST, Math.ceil(Math.min(products, LARGEST_RUN) * SHARE));
  const allThereWere = ageMs >= LONG_ENOUGH_MS && alive > 0 && confirmed === alive;
  if (confirmed >= size || allThereWere) return { kind: "passed" };
  return { kind: "goes_on", wanted: Math.max(0, size - alive) };
}
