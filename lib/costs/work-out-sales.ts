import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { type ChosenTariffs, type Costs, noCosts } from "./model";
import { type Parcel, parcelFee, partsOf } from "./parcel-rules";
import { costVersions, tariffsFor } from "./queries";
import { type SaleProfit, type SoldLine, saleProfit } from "./sale-rules";
import { tariffsOn } from "./tariff-rules";
import { withUsual } from "./terms-rules";

/** Lines that were sold together. */
export type Sale = Omit<Parcel, "contents"> & {
  at: Date;
  lines: readonly (Pick<SoldLine, "total" | "quantity"> & {
    productId: string | null;
    category: string | null;
  })[];
};

/**
 * `isLater`: by a cost that was entered after the sale, for lack of one of its time. `saidDelivery`: the line's part of
 * what Kaspi says the delivery costs the seller, ₸; null: it has not said.
 */
export type WorkedOutLine = { profit: SaleProfit; isLater: boolean; saidDelivery: Tenge | null };

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
  const chosen = new Map<string | null, ChosenTariffs>();
  const tariffs = (category: string | null) => {
    const known = chosen.get(category) ?? tariffsOn(all, { storeId, category }, day);
    chosen.set(category, known);
    return known;
  };
  return sales.map((sale) => workOut(sale, versions, tariffs));
}

type DatedCosts = Costs & { setAt: Date };

function workOut(
  { at, lines, ...parcel }: Sale,
  versions: ReadonlyMap<string, readonly DatedCosts[]>,
  tariffs: (category: string | null) => ChosenTariffs,
): WorkedOutLine[] {
  const known = lines.map((line) => ({
    ...line,
    chosen: tariffs(line.category),
    ...costsAt(versions.get(line.productId ?? "") ?? [], at),
  }));
  const contents = known.map(({ total, quantity, costs, chosen }) => ({
    ...{ total, quantity },
    ...withUsual(costs, chosen),
  }));
  const fee = parcelFee({ ...parcel, contents }, tariffs(null).delivery);
  const totals = lines.map(({ total }) => total);
  const fees = typeof fee === "string" ? [] : partsOf(fee, totals);
  const said = parcel.saidFee === null ? [] : partsOf(parcel.saidFee, totals);
  return known.map(({ total, quantity, costs, chosen, isLater }, nth) => ({
    profit: saleProfit({ total, quantity, delivery: fees[nth] ?? fee }, costs, chosen),
    ...{ isLater, saidDelivery: said[nth] ?? null },
  }));
}

/** Those of the moment; where none had been entered by then, the first that were. */
function costsAt(versions: readonly DatedCosts[], at: Date): { costs: Costs; isLater: boolean } {
  const then = versions.findLast(({ setAt }) => setAt <= at);
  if (then?.cost != null) return { costs: then, isLater: false };
  const first = versions.find(({ setAt, cost }) => setAt > at && cost !== null);
  return { costs: first ?? then ?? noCosts, isLater: first !== undefined };
}
