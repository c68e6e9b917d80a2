import type { Costs, DeliveryBand, Terms, TermsOrMissing } from "@/lib/costs/model";

// Like the gate, this shares no code with what computes floors: it asks of one price whether it earns enough.

/** What a price must earn, read in the transaction of the gate; null: the rule does not ask for it. */
export type Earnings = TermsOrMissing | null;

/** `unknown`: something it depends on is not set. */
export function earnsEnough(price: number, earnings: Earnings): boolean | "unknown" {
  if (earnings === null) return true;
  if (earnings.kind === "missing") return "unknown";
  const { terms } = earnings;
  const delivery = deliveryOf(price, terms);
  if (delivery === null) return "unknown";
  const paid = [terms.cost, terms.packaging, terms.other, terms.returns, terms.minProfit, delivery];
  const rates = [terms.commission, terms.kaspiPay, terms.tax, terms.minMargin];
  const needed = paid.reduce((sum, amount) => sum + BigInt(amount), 0n) * 10_000n;
  const kept = rates.reduce((left, rate) => left - BigInt(rate), 10_000n);
  return BigInt(price) * kept >= needed;
}

/** What delivery costs at this price: of the last band that has begun, the smallest the parcel fits in. */
function deliveryOf(price: number, { bands, weightGrams }: Terms): number | null {
  if (bands === null) return 0;
  let best: DeliveryBand | null = null;
  for (const band of bands) {
    if (band.priceFrom > price) continue;
    if (best === null || band.priceFrom > best.priceFrom) best = band;
  }
  const sizes = bands.filter((band) => band.priceFrom === best?.priceFrom);
  if (weightGrams === null) return sizes.every(isAnyWeight) ? (best?.fee ?? null) : null;
  const fits = sizes.filter(({ weightTo }) => weightTo === null || weightTo >= weightGrams);
  const bySize = fits.toSorted((one, two) => (one.weightTo ?? 1e9) - (two.weightTo ?? 1e9));
  return bySize[0]?.fee ?? null;
}

/** How far above its cost a price may be, read in the transaction of the gate; null: the rule does not ask. */
export type Markup = (Pick<Costs, "cost" | "packaging" | "other"> & { percent: number }) | null;

/** The highest price that cost allows, ₸; null: any, for a cost that is not set forbids nothing. */
export function highestByCost(markup: Markup): number | null {
  if (markup === null) return null;
  const { cost, packaging, other, percent } = markup;
  if (cost === null || packaging === null || other === null) return null;
  const hundredths = BigInt(Math.round(percent * 100)) + 10_000n;
  return Number(((BigInt(cost) + BigInt(packaging) + BigInt(other)) * hundredths) / 10_000n);
}

const isAnyWeight = ({ weightTo }: DeliveryBand) => weightTo === null;
