import type { Tenge } from "@/lib/core/money";
import { isKnown, stretchesOf } from "./floor-rules";
import { type Terms, WHOLE } from "./model";

export const profitLines = [
  "cost",
  "packaging",
  "other",
  "returns",
  "delivery",
  "commission",
  "kaspi_pay",
  "tax",
] as const;
export type ProfitLine = { line: (typeof profitLines)[number]; amount: number };

/** What is left of a price, ₸, and where the rest went. */
export type Profit = {
  price: Tenge;
  lines: ProfitLine[];
  profit: number;
  /** Of the price, hundredths of a percent, rounded down. */
  margin: number;
  /** What is asked for at this price, ₸. */
  wanted: number;
};

/** Null where delivery is not known. The lines and the profit add up to the price. */
export function profitAt(terms: Terms, price: Tenge): Profit | null {
  const stretch = stretchesOf(terms).find(({ from, to }) => from <= price && price <= to);
  if (!stretch || !isKnown(stretch.fee)) return null;
  const { cost, packaging, other, returns, commission, kaspiPay, tax, minProfit, minMargin } =
    terms;
  const [ofCommission, ofPay, ofTax] = sharesOf(price, [commission, kaspiPay, tax]);
  const lines: ProfitLine[] = [
    { line: "cost", amount: cost },
    { line: "packaging", amount: packaging },
    { line: "other", amount: other },
    { line: "returns", amount: returns },
    { line: "delivery", amount: stretch.fee },
    { line: "commission", amount: ofCommission ?? 0 },
    { line: "kaspi_pay", amount: ofPay ?? 0 },
    { line: "tax", amount: ofTax ?? 0 },
  ];
  const profit = price - lines.reduce((sum, { amount }) => sum + amount, 0);
  return {
    price,
    lines,
    profit,
    margin: Math.floor((profit * WHOLE) / price),
    wanted: minProfit + Math.ceil((price * minMargin) / WHOLE),
  };
}

/** Shares of a price in whole tenge that add up to their sum, rounded up: a sum of roundings would be off. */
export function sharesOf(price: number, rates: readonly number[]): number[] {
  let before = 0;
  let rate = 0;
  return rates.map((one) => {
    rate += one;
    const upTo = Math.ceil((price * rate) / WHOLE);
    const share = upTo - before;
    before = upTo;
    return share;
  });
}

export type ProfitPoint = { price: number; profit: number };

/**
 * The profit at every price from `from` to `to`, as the corners of its line: straight between two,
 * with a drop where a delivery band begins and a hole where delivery is not known.
 */
export function profitCurve(terms: Terms, from: Tenge, to: Tenge): ProfitPoint[][] {
  return stretchesOf(terms).flatMap((stretch) => {
    const ends = [Math.max(stretch.from, from), Math.min(stretch.to, to)] as [Tenge, Tenge];
    if (!isKnown(stretch.fee) || ends[0] > ends[1]) return [];
    return [
      ends
        .flatMap((price) => profitAt(terms, price) ?? [])
        .map(({ price, profit }) => ({ price, profit })),
    ];
  });
}
