import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { profitAt } from "./profit-rules";
import { type CostSubject, type TariffChooser, tariffsAt, termsOfMany } from "./work-out";

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
  const known = await termsOfMany(tx, costed, await tariffsAt(tx, now));
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

type Costed = CostSubject & Pick<Priced, "cost">;

/** For many prices of many products: their costs and tariffs are read once. */
export function earningsOf(tx: Tx, subjects: readonly Costed[], now: Date): Promise<Earnings> {
  return earningsOn(tx, now)(subjects);
}

/** The same for one lot of products after another; the tariffs are read once for all. */
export function earningsOn(tx: Tx, now: Date) {
  let tariffs: Promise<TariffChooser> | undefined;
  return async (subjects: readonly Costed[]): Promise<Earnings> => {
    const costed = subjects.filter(({ cost }) => cost !== null);
    if (costed.length === 0) return () => null;
    tariffs ??= tariffsAt(tx, now);
    const known = await termsOfMany(tx, costed, await tariffs);
    return (productId, price) => {
      const terms = known.get(productId);
      return terms?.kind === "terms" ? (profitAt(terms.terms, price)?.profit ?? null) : null;
    };
  };
}
