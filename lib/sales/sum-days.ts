import type { Tenge } from "@/lib/core/money";
import { workOutSales } from "@/lib/costs/work-out-sales";
import type { Db, Tx } from "@/lib/db/client";
import { ordersOfDay, replaceDay } from "./day-queries";
import { type StoreDay, spreadCosts, takeStaleDay } from "./stale-queries";
import { type CountedOrder, sumDay, sumLines } from "./sum-rules";

const PRODUCTS = 500;

/**
 * Sums days that are not what the orders say, each in a transaction of its own: killed, a day stays old and is
 * summed again. Answers how many it summed; fewer than asked for: none is left.
 */
export async function sumStaleDays(db: Db, most: number, signal?: AbortSignal): Promise<number> {
  while ((await db.transaction((tx) => spreadCosts(tx, PRODUCTS))) === PRODUCTS)
    signal?.throwIfAborted();
  let summed = 0;
  while (summed < most && (await db.transaction(sumOne))) {
    signal?.throwIfAborted();
    summed += 1;
  }
  return summed;
}

async function sumOne(tx: Tx): Promise<boolean> {
  const stale = await takeStaleDay(tx);
  if (stale) await sumDayOf(tx, stale);
  return stale !== null;
}

async function sumDayOf(tx: Tx, stale: StoreDay): Promise<void> {
  const orders = await ordersOfDay(tx, stale);
  const profits = await workOutSales(tx, stale, orders.map(saleOf));
  await replaceDay(tx, stale, { sums: sumDay(orders), lines: sumLines(orders, profits) });
}

const saleOf = ({ orderedAt, sellerDeliveryCost, isKaspiDelivery, lines }: CountedOrder) => ({
  ...{ at: orderedAt, isKaspiDelivery },
  delivery: sellerDeliveryCost as Tenge | null,
  lines: lines.map(({ productId, category, amount, totalPrice }) => ({
    ...{ productId, category, quantity: amount, total: totalPrice as Tenge },
  })),
});
