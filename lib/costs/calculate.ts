import { type Tenge, tenge } from "@/lib/core/money";
import { isKnown, solveFloor, stretchesOf } from "./floor-rules";
import type { ChosenTariffs, Costs, Floor, MissingInput, Terms, TermsOrMissing } from "./model";
import { type Profit, profitAt } from "./profit-rules";
import { termsOf, withUsual } from "./terms-rules";

/** What a price comes to, and which prices would come to what is wanted. */
export type Calculation = {
  /** With the usual expenses where nothing was said. */
  expenses: Costs;
  /** Null: no price, or something that it depends on is not set. */
  profit: Profit | null;
  /** What is not set. Nothing is ever taken for zero. */
  missing: MissingInput[];
  /** The lowest price that loses nothing. */
  breakEven: Floor;
  /** The lowest price that earns what is wished; null: nothing is. */
  wished: Floor | null;
};

/** By the formula that makes floors, for goods that need not be anybody's yet. Amounts in ₸. */
export function calculate(said: Costs, chosen: ChosenTariffs, price: Tenge | null): Calculation {
  const expenses = withUsual(said, chosen);
  // What is usual has been taken over: it may not bring the usual demand back.
  const tariffs = { ...chosen, usual: null };
  const free = termsOf({ ...expenses, minProfit: tenge(0), minMargin: 0 }, tariffs);
  const isWished = said.minProfit !== null || said.minMargin !== null;
  const { minProfit, minMargin } = said;
  return {
    expenses,
    profit: free.kind === "terms" && price !== null ? profitAt(free.terms, price) : null,
    missing: missingAt(free, price),
    breakEven: solveFloor(free),
    wished: isWished ? solveFloor(termsOf({ ...expenses, minProfit, minMargin }, tariffs)) : null,
  };
}

function missingAt(known: TermsOrMissing, price: Tenge | null): MissingInput[] {
  if (known.kind === "missing") return known.missing;
  const unknown = price === null ? null : unknownFee(known.terms, price);
  return unknown === null ? [] : [unknown];
}

/** What the delivery at a price wants to know. */
function unknownFee(terms: Terms, price: Tenge): MissingInput | null {
  const stretch = stretchesOf(terms).find(({ from, to }) => from <= price && price <= to);
  if (!stretch) return "delivery_tariff";
  return isKnown(stretch.fee) ? null : stretch.fee;
}
