import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { profitAt } from "./profit-rules";
import { type CostSubject, workOut } from "./work-out";

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
  const worked = await workOut(tx, costed, now);
  return new Map(
    costed.flatMap(({ id, price }) => {
      const terms = worked.get(id)?.terms;
      if (terms?.kind !== "terms" || price === null) return [];
      const at = profitAt(terms.terms, price);
      return at ? [[id, { profit: at.profit, margin: at.margin }] as const] : [];
    }),
  );
}
