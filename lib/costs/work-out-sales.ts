import type { Tx } from "@/lib/db/client";
import { type Costs, noCosts } from "./model";
import { costVersions, tariffsFor } from "./queries";
import { partsOf, type SaleProfit, type SoldLine, saleProfit } from "./sale-rules";
import { tariffsOn } from "./tariff-rules";

/** Lines that were sold together; `delivery`: what the seller paid to bring them all, ₸. */
export type Sale = {
  at: Date;
  delivery: SoldLine["delivery"];
  isKaspiDelivery: boolean;
  lines: readonly (Pick<SoldLine, "total" | "quantity"> & {
    productId: string | null;
    category: string | null;
  })[];
};

/** `isLater`: by a cost that was entered after the sale, for lack of one of its time. */
export type WorkedOutLine = { profit: SaleProfit; isLater: boolean };

/**
 * What was earned on each line of sales of a store on a day of the workspace's zone (`2026-03-01`), by the
 * tariffs of that day and the costs of that moment, in the order of the lines.
 */
export async function workOutSales(
  tx: Tx,
  { storeId, day }: { storeId: string; day: string },
  sales: readonly Sale[],
): Promise<WorkedOutLine[][]> {
  const ids = sales.flatMap(({ lines }) => lines.flatMap(({ productId }) => productId ?? []));
  const versions = await costVersions(tx, [...new Set(ids)]);
  const all = await tariffsFor(tx, [storeId]);
  const chosen = new Map<string | null, ReturnType<typeof tariffsOn>>();
  const tariffs = (category: string | null) => {
    const known = chosen.get(category) ?? tariffsOn(all, { storeId, category }, day);
    chosen.set(category, known);
    return known;
  };
  return sales.map(({ at, delivery, isKaspiDelivery, lines }) => {
    const parts =
      delivery &&
      partsOf(
        delivery,
        lines.map(({ total }) => total),
      );
    return lines.map(({ productId, category, ...line }, nth) => {
      const { costs, isLater } = costsAt(versions.get(productId ?? "") ?? [], at);
      const sold = { ...line, isKaspiDelivery, delivery: parts?.[nth] ?? delivery };
      return { profit: saleProfit(sold, costs, tariffs(category)), isLater };
    });
  });
}

/** Those of the moment; where none had been entered by then, the first that were. */
function costsAt(
  versions: readonly (Costs & { setAt: Date })[],
  at: Date,
): { costs: Costs; isLater: boolean } {
  const then = versions.findLast(({ setAt }) => setAt <= at);
  if (then?.cost != null) return { costs: then, isLater: false };
  const first = versions.find(({ setAt, cost }) => setAt > at && cost !== null);
  return { costs: first ?? then ?? noCosts, isLater: first !== undefined };
}
