import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { profitAt } from "./profit-rules";
import { type CostSubject, storesOf, type TariffChooser, tariffsAt, termsOfMany } from "./work-out";

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
  const known = await termsOfMany(tx, costed, await tariffsAt(tx, now, storesOf(costed)));
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

/** The same for one lot of products after another; the tariffs of a store are read once. */
export function earningsOn(tx: Tx, now: Date) {
  const choosers = new Map<string, TariffChooser>();
  const read = async (storeIds: readonly string[]) => {
    const chooser = await tariffsAt(tx, now, storeIds);
    for (const id of storeIds) choosers.set(id, chooser);
  };
  return async (subjects: readonly Costed[]): Promise<Earnings> => {
    const costed = subjects.filter(({ cost }) => cost !== null);
    if (costed.length === 0) return () => null;
    const unread = storesOf(costed).filter((id) => !choosers.has(id));
    if (unread.length > 0) await read(unread);
    const known = await termsOfMany(tx, costed, chooserIn(choosers));
    return (productId, price) => {
      const terms = known.get(productId);
      return terms?.kind === "terms" ? (profitAt(terms.terms, price)?.profit ?? null) : null;
    };
  };
}

function chooserIn(choosers: ReadonlyMap<string, TariffChooser>): TariffChooser {
  return (subject) => {
    const chooser = choosers.get(subject.storeId);
    if (!chooser) throw new Error("the tariffs of a store were not read");
    return chooser(subject);
  };
}
