import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { officeDay } from "@/lib/costs/queries";
import type { Tx } from "@/lib/db/client";
import { totalsByDay, totalsOf } from "./figures-queries";
import { noTotals, type Period, type Totals } from "./model";
import { daysIn, MOST_DAYS, periodOf, stepsIn } from "./period-rules";
import { type ProductLine, productsSold } from "./product-queries";
import { countStaleDays } from "./stale-queries";

export type StoreFigures = {
  period: Period;
  totals: Totals;
  /** Every one of the period, the first one first. */
  days: (Totals & { day: string })[];
  best: ProductLine[];
  /** Days that are still to be summed. */
  stale: number;
};

/**
 * What a store has sold from one day to another, or in the last thirty days, with its best products; amounts in ₸.
 * Throws `invalid` for a period that ends before it begins, or longer than three years.
 */
export async function storeFigures(
  tx: Tx,
  caller: Caller,
  { storeId, from, to }: { storeId: string; from?: string; to?: string },
  { now, best: limit }: { now: Date; best: number },
): Promise<StoreFigures> {
  const today = await officeDay(tx, now);
  const first = from ?? to ?? today;
  const last = to ?? today;
  if (from !== undefined && first > last)
    throw new AppError("invalid", "period_turned", atFrom("period_turned"));
  if (from !== undefined && daysIn({ from: first, to: last }) > MOST_DAYS)
    throw new AppError("invalid", "period_too_long", atFrom("period_too_long"));
  const period = periodOf({ range: undefined, from, to }, today);
  const scope = { storeId, period };
  const wanted = { view: "all", sort: "revenue", search: undefined, limit, offset: 0 } as const;
  const [totals, days, { rows: best }, stale] = await Promise.all([
    totalsOf(tx, caller, scope),
    totalsByDay(tx, caller, scope),
    productsSold(tx, caller, { ...scope, ...wanted }),
    countStaleDays(tx, caller, scope),
  ]);
  const known = new Map(days.map((one) => [one.day, one]));
  const all = stepsIn(period, "day").map((day) => known.get(day) ?? { ...noTotals, day });
  return { period, totals, days: all, best, stale };
}

const atFrom = (message: string) => ({ details: [{ path: "from", message }] });
