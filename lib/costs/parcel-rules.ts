import { type Tenge, tenge } from "@/lib/core/money";
import { feeAt } from "./floor-rules";
import type { ChosenTariffs, Costs, MissingInput } from "./model";

/** What is sent together, and who brings it; null: the source does not say. */
export type Parcel = {
  isKaspiDelivery: boolean | null;
  isExpress: boolean;
  /** What the seller pays for it, as Kaspi has said, ₸; null: it has not. */
  saidFee: Tenge | null;
  contents: readonly ParcelLine[];
};

type ParcelLine = {
  /** ₸ for all units. */
  total: Tenge;
  /** Null: nobody can tell how many kilograms. */
  quantity: number | null;
} & Pick<Costs, "delivery" | "weightGrams">;

type FeeMissing = Extract<MissingInput, "delivery" | "delivery_tariff" | "weight">;

/**
 * What the seller pays to have an order brought, ₸, or what keeps it from being known: what Kaspi has said, else
 * the tariff of one parcel by the price and weight of all that is in it.
 */
export function parcelFee(
  { isKaspiDelivery, isExpress, saidFee, contents }: Parcel,
  tariff: ChosenTariffs["delivery"],
): Tenge | FeeMissing {
  if (saidFee !== null) return saidFee;
  if (isKaspiDelivery === null) return "delivery";
  if (!isKaspiDelivery) return tenge(0);
  const scope = isExpress ? "express" : scopeOf(contents);
  if (scope === null) return "delivery";
  const bands = (tariff?.value.bands ?? []).filter((band) => band.scope === scope);
  const price = tenge(contents.reduce((sum, { total }) => sum + total, 0));
  return bands.length === 0 ? "delivery_tariff" : feeAt(bands, price, weightOf(contents));
}

/** The farthest any of it is sent; Kaspi brings it, so «not by Kaspi» tells nothing. */
function scopeOf(contents: Parcel["contents"]): "city" | "country" | "express" | null {
  const scopes = contents.map(({ delivery }) => delivery);
  if (scopes.some((scope) => scope === null || scope === "none")) return null;
  if (scopes.includes("country")) return "country";
  return scopes.includes("express") ? "express" : scopes.length > 0 ? "city" : null;
}

/** Whole grams of all units; null: of some nobody knows. */
function weightOf(contents: Parcel["contents"]): number | null {
  let grams = 0;
  for (const { weightGrams, quantity } of contents) {
    if (weightGrams === null || quantity === null) return null;
    grams += forUnits(weightGrams, quantity);
  }
  return grams;
}

/** So much for each of so many units (thousandths of one at the finest), a part of one counted whole. */
export function forUnits(amount: number, quantity: number): number {
  const thousandths = amount * Math.round(quantity * 1_000);
  const rest = thousandths % 1_000;
  return (thousandths - rest) / 1_000 + (rest > 0 ? 1 : 0);
}

/** An amount parted by weights in whole tenge that add up to it. */
export function partsOf(amount: Tenge, weights: readonly number[]): Tenge[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  let weighed = 0;
  return weights.map((weight, nth) => {
    weighed += weight;
    const isLast = nth === weights.length - 1;
    const upTo = isLast || whole === 0 ? amount : Math.round((amount * weighed) / whole);
    const part = upTo - before;
    before = upTo;
    return tenge(part);
  });
}
