import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { profitAt } from "./profit-rules";
import { type CostSubject, termsOfMany } from "./work-out";

/** What a product earns at its present price: ₸, and hundredths of a percent of the price. */
export type Margin = { profit: number; margin: number };

type Priced = CostSubject & { price: Tenge | null; cost: Tenge | null };

/** Of those products of which everything is known. */
export async function marginsOf(
  tx: Tx,
  rows: readonly Priced[],
  now: Date,
): Promise<Map<string, Margin>> {
  const costed = rows.filter(({ cost, price }) => cost !== null && price !== null);
  if (costed.length === 0) return new Map();
  const known = await termsOfMany(tx, costed, now);
  return new Map(
    costed.flatMap(({ id, price }) => {
      const terms = known.get(id);
      if (terms?.kind !== "terms" || price === null) return [];
      const at = profitAt(terms.terms, price);
      return at ? [[id, { profit: at.profit, margin: at.margin }] as const] : [];
    }),
  );
}

/** What one unit of a product earns at a price, ₸; null: not everything is known. */
export type Earnings = (productId: string, price: Tenge) => number | null;

/** For many prices of many products: their costs and tariffs are read once. */
export async function earningsOf(
  tx: Tx,
  subjects: readonly (CostSubject & Pick<Priced, "cost">)[],
  now: Date,
): Promise<Earnings> {
  const costed = subjects.filter(({ cost }) => cost !== null);
  const known = costed.length > 0 ? await termsOfMany(tx, costed, now) : new Map();
  return (productId, price) => {
    const terms = known.get(productId);
    return terms?.kind === "terms" ? (profitAt(terms.terms, price)?.profit ?? null) : null;
  };
}
