import type { Caller } from "@/lib/auth/model";
import type { Tenge } from "@/lib/core/money";
import { type Earnings, earningsOf } from "@/lib/costs/margins";
import { officeDay } from "@/lib/costs/queries";
import type { Tx } from "@/lib/db/client";
import type { ProfitAddress } from "./address";
import type { Period } from "./model";
import { periodBefore, periodOf } from "./period-rules";
import { lastPrices, type PriceMove } from "./price-move-queries";
import { type ProductLine, type ProductSums, productsSold, productTotals } from "./product-queries";
import { countStaleDays } from "./stale-queries";

export const PROFIT_PAGE = 50;

/** What a unit earns at the price Kaspi shows and at the one before it, ₸; null: not everything is known. */
export type UnitProfit = { now: number; before: number } & Pick<PriceMove, "price" | "priceBefore">;

export type ProfitLine = ProductLine & { unit: UnitProfit | null };

export type ProfitFigures = {
  period: Period;
  totals: ProductSums;
  before: ProductSums;
  rows: ProfitLine[];
  total: number;
  stale: number;
};

/** Everything the page of profit shows; amounts in ₸, days of the workspace's zone. */
export async function loadProfit(
  tx: Tx,
  caller: Caller,
  { store: storeId, q: search, view, sort, page, ...asked }: ProfitAddress,
  now: Date,
): Promise<ProfitFigures> {
  const period = periodOf(asked, await officeDay(tx, now));
  const scope = { storeId, period };
  const [totals, before, { rows, total }, stale] = await Promise.all([
    productTotals(tx, caller, scope),
    productTotals(tx, caller, { storeId, period: periodBefore(period) }),
    productsSold(tx, caller, {
      ...{ ...scope, view, sort, search },
      ...{ limit: PROFIT_PAGE, offset: (page - 1) * PROFIT_PAGE },
    }),
    countStaleDays(tx),
  ]);
  const units = await unitProfits(tx, rows, now);
  const lines = rows.map((row) => ({ ...row, unit: units.get(row.productId ?? "") ?? null }));
  return { period, totals, before, rows: lines, total, stale };
}

async function unitProfits(
  tx: Tx,
  rows: readonly ProductLine[],
  now: Date,
): Promise<Map<string, UnitProfit>> {
  const moves = await lastPrices(
    tx,
    rows.flatMap(({ productId }) => productId ?? []),
  );
  const earnings = await earningsOf(tx, moves, now);
  return new Map(moves.flatMap((move) => unitOf(earnings, move)));
}

function unitOf(earnings: Earnings, move: PriceMove): [string, UnitProfit][] {
  const { id, price, priceBefore } = move;
  const [now, before] = [earnings(id, price as Tenge), earnings(id, priceBefore as Tenge)];
  return now === null || before === null ? [] : [[id, { now, before, price, priceBefore }]];
}
