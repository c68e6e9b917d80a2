import { type Tenge, tenge } from "@/lib/core/money";
import { feeAt } from "./floor-rules";
import type { ChosenTariffs, Costs, MissingInput } from "./model";
import { sharesOf } from "./profit-rules";
import { withUsual } from "./terms-rules";

/** A line of an order: what buyers pay for so many units, and what Kaspi took for bringing it. */
export type SoldLine = {
  /** ₸ for all units. */
  total: Tenge;
  /** Pieces, or kilograms of goods that are weighed; null: nobody can tell. */
  quantity: number | null;
  /** What the seller paid for its delivery, ₸; null: Kaspi has not said. */
  delivery: Tenge | null;
  isKaspiDelivery: boolean;
};

export const saleExpenses = [
  "cost",
  "packaging",
  "other",
  "returns",
  "delivery",
  "commission",
  "kaspiPay",
  "tax",
] as const;
/** Where the money of a line went, ₸. */
export type SaleExpenses = Record<(typeof saleExpenses)[number], number>;

export type SaleProfit =
  | { kind: "known"; expenses: SaleExpenses; profit: number }
  | { kind: "unknown"; missing: LackingInput[] };

/** What keeps the profit of a sale from being known. */
export type LackingInput = MissingInput | "kilograms";

/**
 * What was earned on a line, ₸, by the costs and tariffs of its day; the expenses and the profit add up to
 * what buyers paid. Unknown where anything of it is not set: nothing is ever taken for zero.
 */
export function saleProfit(
  line: SoldLine,
  costs: Costs,
  chosen: Pick<ChosenTariffs, "commission" | "kaspi_pay" | "tax" | "delivery" | "usual">,
): SaleProfit {
  const { cost, packaging, other, returns, ...rest } = withUsual(costs, chosen);
  const rates = [chosen.commission, chosen.kaspi_pay, chosen.tax].map((one) => one?.value.rate);
  const [commission, kaspiPay, tax] = rates;
  const { quantity } = line;
  const delivery = deliveryOf(line, rest, chosen);
  const needed = { cost, packaging, other, returns, commission, kaspi_pay: kaspiPay, tax };
  const missing: LackingInput[] = (Object.keys(needed) as (keyof typeof needed)[]).filter(
    (name) => (needed[name] ?? null) === null,
  );
  if (quantity === null) missing.push("kilograms");
  if (quantity === null || typeof delivery === "string" || missing.length > 0)
    return {
      kind: "unknown",
      missing: typeof delivery === "string" ? [...missing, delivery] : missing,
    };
  const [ofCommission = 0, ofPay = 0, ofTax = 0] = sharesOf(line.total, [
    commission ?? 0,
    kaspiPay ?? 0,
    tax ?? 0,
  ]);
  const ofUnits = (amount: Tenge | null) => Math.ceil((amount ?? 0) * quantity);
  const expenses: SaleExpenses = {
    cost: ofUnits(cost),
    packaging: ofUnits(packaging),
    other: ofUnits(other),
    returns: ofUnits(returns),
    delivery,
    commission: ofCommission,
    kaspiPay: ofPay,
    tax: ofTax,
  };
  const spent = Object.values(expenses).reduce((sum, amount) => sum + amount, 0);
  return { kind: "known", expenses, profit: line.total - spent };
}

/** What Kaspi said it costs; else by the tariff, a line being a parcel; else what keeps it from being known. */
function deliveryOf(
  { total, quantity, delivery, isKaspiDelivery }: SoldLine,
  { delivery: scope, weightGrams }: Pick<Costs, "delivery" | "weightGrams">,
  chosen: Pick<ChosenTariffs, "delivery">,
): Tenge | "delivery" | "delivery_tariff" | "weight" {
  if (delivery !== null) return delivery;
  if (!isKaspiDelivery || scope === "none") return tenge(0);
  if (scope === null) return "delivery";
  const bands = (chosen.delivery?.value.bands ?? []).filter((band) => band.scope === scope);
  const grams =
    weightGrams === null || quantity === null ? null : Math.ceil(weightGrams * quantity);
  return bands.length === 0 ? "delivery_tariff" : feeAt(bands, total, grams);
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
