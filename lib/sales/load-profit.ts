import type { Caller } from "@/lib/auth/model";
import { type Earnings, earningsOf } from "@/lib/costs/margins";
import { officeDay } from "@/lib/costs/queries";
import type { Tx } from "@/lib/db/client";
import type { ProfitAddress } from "./address";
import { type CostScope, totalsOf } from "./figures-queries";
import type { Period } from "./model";
import { comparedOf, periodOf } from "./period-rules";
import { lastPrices, type PriceMove } from "./price-move-queries";
import type { ProfitView } from "./product-model";
import {
  type ProductLine,
  type ProductSums,
  type ProductsWanted,
  productsSold,
  productTotals,
} from "./product-queries";
import { countStaleDays } from "./stale-queries";

export const PROFIT_PAGE = 50;
/** Of so many products with the largest revenue it is asked whether they earn less than they did. */
export const MOST_COMPARED = 5_000;

/** What a unit earns at the price Kaspi shows and at the one before it, ₸; null: not everything is known. */
export type UnitProfit = { now: number; before: number } & Pick<PriceMove, "price" | "priceBefore">;

export type ProfitLine = ProductLine & { unit: UnitProfit | null };

export type ProfitFigures = {
  period: Period;
  totals: ProductSums;
  /** Whole days against as many before them; null: the only day is under way. */
  compared: { now: ProductSums; before: ProductSums } | null;
  /** Orders whose lines are not read yet, and their sum, ₸: in the sales, and in nothing here. */
  lineless: { orders: number; sum: number };
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
  const today = await officeDay(tx, now);
  const period = periodOf(asked, today);
  const scope: CostScope = { storeId, period, withCosts: true };
  const paged = { limit: PROFIT_PAGE, offset: (page - 1) * PROFIT_PAGE };
  const [totals, compared, { lineless, linelessSum }, { rows, total }, stale] = await Promise.all([
    productTotals(tx, caller, scope),
    comparedProfit(tx, caller, scope, today),
    totalsOf(tx, caller, scope),
    profitLines(tx, caller, { ...scope, view, sort, search, ...paged }, now),
    countStaleDays(tx, caller, scope),
  ]);
  const unread = { orders: lineless, sum: linelessSum };
  return { period, totals, compared, lineless: unread, rows, total, stale };
}

async function comparedProfit(
  tx: Tx,
  caller: Caller,
  scope: CostScope,
  today: string,
): Promise<ProfitFigures["compared"]> {
  const compared = comparedOf(scope.period, today);
  if (!compared) return null;
  const [now, before] = await Promise.all([
    productTotals(tx, caller, { ...scope, period: compared.now }),
    productTotals(tx, caller, { ...scope, period: compared.before }),
  ]);
  return { now, before };
}

type LinesWanted = CostScope & Omit<ProductsWanted, "view"> & { view: ProfitView };

/** A page of products with what a unit of each earns now and did before, and how many there are. */
export async function profitLines(
  tx: Tx,
  caller: Caller,
  wanted: LinesWanted,
  now: Date,
): Promise<{ rows: ProfitLine[]; total: number }> {
  if (wanted.view !== "worse") {
    const { rows, total } = await productsSold(tx, caller, wanted);
    return { rows: await withUnits(tx, rows, now), total };
  }
  const { limit, offset, ...rest } = wanted;
  const all = await productsSold(tx, caller, { ...rest, limit: MOST_COMPARED, offset: 0 });
  const worse = (await withUnits(tx, all.rows, now)).filter(
    ({ unit }) => unit !== null && unit.now < unit.before,
  );
  return { rows: worse.slice(offset, offset + limit), total: worse.length };
}

async function withUnits(tx: Tx, rows: readonly ProductLine[], now: Date): Promise<ProfitLine[]> {
  const moves = await lastPrices(
    tx,
    rows.flatMap(({ productId }) => productId ?? []),
  );
  const earnings = await earningsOf(tx, moves, now);
  const units = new Map(moves.flatMap((move) => unitOf(earnings, move)));
  return rows.map((row) => ({ ...row, unit: units.get(row.productId ?? "") ?? null }));
}

function unitOf(earnings: Earnings, move: PriceMove): [string, UnitProfit][] {
  const { id, price, priceBefore } = move;
  const [now, before] = [earnings(id, price), earnings(id, priceBefore)];
  return now === null || before === null ? [] : [[id, { now, before, price, priceBefore }]];
}
