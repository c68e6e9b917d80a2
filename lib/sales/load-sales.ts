import type { Caller } from "@/lib/auth/model";
import { officeDay } from "@/lib/costs/queries";
import type { Tx } from "@/lib/db/client";
import type { SalesAddress } from "./address";
import { type Part, type Scope, totalsBy, totalsByDay, totalsOf } from "./figures-queries";
import { noTotals, type Period, type SalesStep, type Totals } from "./model";
import { comparedOf, periodBefore, periodOf, stepBegin, stepOf, stepsIn } from "./period-rules";
import { categoriesSold, productsSold } from "./product-queries";
import { countStaleDays } from "./stale-queries";

export const SALES_PAGE = 50;

/** A row of the table below the picture. `href`: the product, where it is known. */
export type SalesPart = {
  key: string;
  name: string;
  productId: string | null;
  /** Of a product: its store, and what its lines are summed under. */
  storeId?: string;
  line?: string;
  /** Null: an order with goods of several categories is in none alone. */
  orders: number | null;
  units: number | null;
  revenue: number;
  cancelledSum: number;
  returnedSum: number;
};

/**
 * A point of the picture: the step's first day, and what the same step of the period before brought; null: months
 * are of no one length.
 */
export type SalesPoint = { day: string; before: number | null } & Pick<
  Totals,
  "orders" | "revenue" | "cancelledSum" | "returnedSum"
>;

export type Sales = {
  period: Period;
  previous: Period;
  step: SalesStep;
  totals: Totals;
  /** Whole days against as many before them; null: the only day is under way. */
  compared: { now: Totals; before: Totals; isWithoutToday: boolean } | null;
  points: SalesPoint[];
  parts: { rows: SalesPart[]; total: number };
  /** Days that are still to be summed: the figures are not whole yet. */
  stale: number;
};

/** Everything the page of sales shows; amounts in ₸, days of the workspace's zone. */
export async function loadSales(
  tx: Tx,
  caller: Caller,
  { store: storeId, by, page, ...asked }: SalesAddress,
  now: Date,
): Promise<Sales> {
  const today = await officeDay(tx, now);
  const period = periodOf(asked, today);
  const previous = periodBefore(period);
  const step = stepOf(period);
  const scope = { storeId, period };
  const [totals, compared, days, daysBefore, parts, stale] = await Promise.all([
    totalsOf(tx, caller, scope),
    comparedTotals(tx, caller, scope, today),
    totalsByDay(tx, caller, scope),
    totalsByDay(tx, caller, { storeId, period: previous }),
    partsOf(tx, caller, { ...scope, by, page }),
    countStaleDays(tx, caller, scope),
  ]);
  const points = pointsOf({ period, previous, step }, days, daysBefore);
  return { period, previous, step, totals, compared, points, parts, stale };
}

async function comparedTotals(
  tx: Tx,
  caller: Caller,
  { storeId, period }: Scope,
  today: string,
): Promise<Sales["compared"]> {
  const compared = comparedOf(period, today);
  if (!compared) return null;
  const [now, before] = await Promise.all([
    totalsOf(tx, caller, { storeId, period: compared.now }),
    totalsOf(tx, caller, { storeId, period: compared.before }),
  ]);
  return { now, before, isWithoutToday: compared.now.to < period.to };
}

type Day = Totals & { day: string };

function pointsOf(
  { period, previous, step }: Pick<Sales, "period" | "previous" | "step">,
  days: readonly Day[],
  daysBefore: readonly Day[],
): SalesPoint[] {
  const sums = byStep(days, step, period);
  const sumsBefore = byStep(daysBefore, step, previous);
  const stepsBefore = stepsIn(previous, step);
  return stepsIn(period, step).map((day, nth) => {
    const { orders, revenue, cancelledSum, returnedSum } = sums.get(day) ?? noTotals;
    const before = step === "month" ? null : (sumsBefore.get(stepsBefore[nth] ?? "")?.revenue ?? 0);
    return { day, before, orders, revenue, cancelledSum, returnedSum };
  });
}

function byStep(days: readonly Day[], step: SalesStep, period: Period): Map<string, Totals> {
  const sums = new Map<string, Totals>();
  for (const { day, ...totals } of days) {
    const begin = stepBegin(day, step, period);
    sums.set(begin, added(sums.get(begin) ?? noTotals, totals));
  }
  return sums;
}

function added(one: Totals, other: Totals): Totals {
  const names = Object.keys(one) as (keyof Totals)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as Totals;
}

/** A page of what the period is made of, the largest revenue first. */
export async function partsOf(
  tx: Tx,
  caller: Caller,
  {
    by,
    page,
    limit = SALES_PAGE,
    ...scope
  }: Scope & Pick<SalesAddress, "by" | "page"> & { limit?: number },
): Promise<Sales["parts"]> {
  const offset = (page - 1) * limit;
  if (by === "product") {
    const wanted = { view: "all", sort: "revenue", search: undefined, limit, offset } as const;
    const { rows, total } = await productsSold(tx, caller, { ...scope, ...wanted });
    return { rows: rows.map((row) => ({ ...row, key: `${row.storeId} ${row.line}` })), total };
  }
  if (by === "category") {
    const rows = await categoriesSold(tx, caller, scope);
    return pageOf(
      rows.map((row) => ({ ...row, productId: null, orders: null })),
      { offset, limit },
    );
  }
  const rows = await totalsBy(tx, caller, by, scope);
  return pageOf(rows.map(ofOrders), { offset, limit });
}

const pageOf = (rows: SalesPart[], { offset, limit }: { offset: number; limit: number }) => ({
  rows: rows.slice(offset, offset + limit),
  total: rows.length,
});

const ofOrders = (part: Part): SalesPart => ({ ...part, productId: null, units: null });
