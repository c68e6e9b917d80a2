import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import type { StockAddress } from "./address";
import { type StockLine, stockLines } from "./stock-queries";

export const STOCK_PAGE = 50;

/** What is left of products at the pace of the last days, the day under way left out. */
export async function loadStock(
  tx: Tx,
  caller: Caller,
  { store: storeId, view, page }: StockAddress,
  now: Date,
): Promise<{ rows: StockLine[]; total: number }> {
  const paged = { limit: STOCK_PAGE, offset: (page - 1) * STOCK_PAGE };
  return stockLines(tx, caller, { storeId, view, now, ...paged });
}
