import type { Tenge } from "@/lib/core/money";
import type { ChosenTariffs, Costs, MissingInput } from "./model";
import { forUnits } from "./parcel-rules";
import { sharesOf } from "./profit-rules";
import { withUsual } from "./terms-rules";

/** A line of an order: what buyers pay for so many units, and its part of what bringing the order costs. */
export type SoldLine = {
  /** ₸ for all units. */
  total: Tenge;
  /** Pieces, or kilograms of goods that are weighed; null: nobody can tell. */
  quantity: number | null;
  /** What the seller pays for its delivery, ₸, or what keeps that from being known. */
  delivery: Tenge | MissingInput;
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
  chosen: Pick<ChosenTariffs, "commission" | "kaspi_pay" | "tax" | "usual">,
): SaleProfit {
  const { cost, packaging, other, returns } = withUsual(costs, chosen);
  const { delivery } = line;
  const rates = [chosen.commission, chosen.kaspi_pay, chosen.tax].map((one) => one?.value.rate);
  const [commission, kaspiPay, tax] = rates;
  const { quantity } = line;
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
  const ofUnits = (amount: Tenge | null) => forUnits(amount ?? 0, quantity);
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
