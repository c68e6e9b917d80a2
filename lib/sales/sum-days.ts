import type { Tenge } from "@/lib/core/money";
import { workOutSales } from "@/lib/costs/work-out-sales";
import type { Db, Tx } from "@/lib/db/client";
import { log } from "@/lib/log";
import { ordersOfDay, replaceDay } from "./day-queries";
import { saidFeeOf } from "./said-fee-rules";
import { type StoreDay, spreadCosts, takeStaleDay } from "./stale-queries";
import { type CountedOrder, sumDay, sumLines } from "./sum-rules";

const PRODUCTS = 500;

export type Summed = {
  /** Days summed and failed; fewer than asked for: none is left. */
  tried: number;
  /** Days that cannot be summed; they stay old and keep no other waiting. */
  failed: StoreDay[];
};

/**
 * Sums days that are not what the orders say, but those set aside, each in a transaction of its own: killed, a day
 * stays old and is summed again.
 */
export async function sumStaleDays(
  db: Db,
  { most, aside = [], signal }: { most: number; aside?: StoreDay[]; signal?: AbortSignal },
): Promise<Summed> {
  while ((await db.transaction((tx) => spreadCosts(tx, PRODUCTS))) === PRODUCTS)
    signal?.throwIfAborted();
  const failed: StoreDay[] = [];
  for (let tried = 0; tried < most; tried += 1) {
    signal?.throwIfAborted();
    const outcome = await sumOne(db, [...aside, ...failed]);
    if (outcome === "none") return { tried, failed };
    if (outcome !== "summed") failed.push(outcome);
  }
  return { tried: most, failed };
}

async function sumOne(db: Db, aside: StoreDay[]): Promise<"none" | "summed" | StoreDay> {
  let stale: StoreDay | null = null;
  try {
    await db.transaction(async (tx) => {
      stale = await takeStaleDay(tx, aside);
      if (stale) await sumDayOf(tx, stale);
    });
    return stale ? "summed" : "none";
  } catch (error) {
    if (!stale) throw error;
    log.error({ ...(stale as StoreDay), err: error }, "a day's sales cannot be summed");
    return stale;
  }
}

async function sumDayOf(tx: Tx, stale: StoreDay): Promise<void> {
  const orders = await ordersOfDay(tx, stale);
  const profits = await workOutSales(tx, stale, orders.map(saleOf));
  await replaceDay(tx, stale, { sums: sumDay(orders), lines: sumLines(orders, profits) });
}

const saleOf = ({ lines, ...order }: CountedOrder) => ({
  ...{ at: order.orderedAt, isKaspiDelivery: order.isKaspiDelivery, isExpress: order.express },
  saidFee: saidFeeOf(order) as Tenge | null,
  lines: lines.map(({ productId, category, amount, totalPrice }) => ({
    ...{ productId, category, quantity: amount, total: totalPrice as Tenge },
  })),
});
