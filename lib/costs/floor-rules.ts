import { HIGHEST_PRICE, LOWEST_KASPI_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { oncePer } from "@/lib/core/once-per";
import {
  type DeliveryBand,
  type Floor,
  type PriceGap,
  type Terms,
  type TermsOrMissing,
  WHOLE,
} from "./model";

/** Delivery at a price, ₸, or what is not known of it. */
export type Fee = Tenge | "weight" | "delivery_tariff";

/** Prices at which delivery costs the same. */
export type Stretch = { from: Tenge; to: Tenge; fee: Fee };

/**
 * The lowest price, ₸, that earns what is asked for after everything it has to pay for:
 *
 *   price × (1 − commission − Kaspi Pay − tax − margin) ≥ cost + packaging + other + returns + delivery(price) + profit
 *
 * Delivery is dearer from one price band to the next, so that prices above the floor may earn too
 * little again: those are its gaps. Where delivery is not known, a price earns nothing. Exact: whole
 * tenge against hundredths of percents.
 */
export function solveFloor(known: TermsOrMissing): Floor {
  if (known.kind === "missing") return known;
  const { terms } = known;
  const stretches = stretchesOf(terms);
  for (const [nth, stretch] of stretches.entries()) {
    const floor = lowestIn(stretch, terms, isKnown(stretch.fee) ? stretch.fee : 0);
    if (floor === null) continue;
    if (!isKnown(stretch.fee)) return { kind: "missing", missing: [stretch.fee] };
    return { kind: "floor", floor, gaps: gapsIn(stretches.slice(nth + 1), terms) };
  }
  return { kind: "impossible" };
}

const anywhere: Stretch[] = [{ from: LOWEST_KASPI_PRICE, to: HIGHEST_PRICE, fee: tenge(0) }];
const stretchesByWeight = oncePer(
  (_: readonly DeliveryBand[]) => new Map<number | null, readonly Stretch[]>(),
);

/** All prices there are, cut where delivery changes. */
export function stretchesOf({
  bands,
  weightGrams,
}: Pick<Terms, "bands" | "weightGrams">): readonly Stretch[] {
  if (bands === null) return anywhere;
  const known = stretchesByWeight(bands);
  const stretches = known.get(weightGrams) ?? cut(bands, weightGrams);
  known.set(weightGrams, stretches);
  return stretches;
}

function cut(bands: readonly DeliveryBand[], weightGrams: number | null): Stretch[] {
  const edges = new Set([LOWEST_KASPI_PRICE, ...bands.map(({ priceFrom }) => priceFrom)]);
  const starts = [...edges]
    .filter((edge) => edge >= LOWEST_KASPI_PRICE)
    .sort((one, two) => one - two);
  return starts.map((from, nth) => {
    const next = starts[nth + 1];
    const to = next === undefined ? HIGHEST_PRICE : tenge(next - 1);
    return { from, to, fee: feeAt(bands, from, weightGrams) };
  });
}

export const isKnown = (fee: Fee): fee is Tenge => typeof fee === "number";

/** Of one scope: what a parcel of that price and weight costs, or what is not known of it. */
export function feeAt(
  bands: readonly DeliveryBand[],
  price: Tenge,
  weightGrams: number | null,
): Fee {
  const begun = bands.filter(({ priceFrom }) => priceFrom <= price);
  const start = Math.max(...begun.map(({ priceFrom }) => priceFrom));
  const sizes = begun.filter(({ priceFrom }) => priceFrom === start);
  const heaviest = ({ weightTo }: DeliveryBand) => weightTo ?? Number.POSITIVE_INFINITY;
  if (weightGrams === null && sizes.some(({ weightTo }) => weightTo !== null)) return "weight";
  const fitting = sizes.filter((band) => heaviest(band) >= (weightGrams ?? 0));
  const [band] = fitting.sort((one, two) => heaviest(one) - heaviest(two));
  return band?.fee ?? "delivery_tariff";
}

/** The lowest price of a stretch that earns enough with this fee; null: none of them does. */
function lowestIn({ from, to }: Stretch, terms: Terms, fee: number): Tenge | null {
  const { cost, packaging, other, returns, minProfit } = terms;
  const left = WHOLE - terms.commission - terms.kaspiPay - terms.tax - terms.minMargin;
  if (left <= 0) return null;
  const paid = cost + packaging + other + returns + minProfit + fee;
  const lowest = Math.max(ceilDivide(paid * WHOLE, left), from);
  return lowest <= to ? tenge(lowest) : null;
}

/** Of whole numbers, without a fraction on the way that could be off. */
function ceilDivide(amount: number, by: number): number {
  const rest = amount % by;
  return (amount - rest) / by + (rest > 0 ? 1 : 0);
}

function gapsIn(stretches: readonly Stretch[], terms: Terms): PriceGap[] {
  const gaps: PriceGap[] = [];
  for (const stretch of stretches) {
    const lowest = isKnown(stretch.fee) ? lowestIn(stretch, terms, stretch.fee) : null;
    const to = lowest === null ? stretch.to : lowest - 1;
    if (to < stretch.from) continue;
    const last = gaps.at(-1);
    if (last?.[1] === stretch.from - 1) gaps.splice(-1, 1, [last[0], tenge(to)]);
    else gaps.push([stretch.from, tenge(to)]);
  }
  return gaps;
}
