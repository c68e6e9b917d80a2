import type { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { officeDay } from "@/lib/costs/queries";
import type { Tx } from "@/lib/db/client";
import type { stockAddress } from "./address";
import { plusDays } from "./period-rules";
import { VELOCITY_DAYS } from "./stock-model";
import { type StockLine, stockLines } from "./stock-queries";

export const STOCK_PAGE = 50;

/** What is left of products at the pace of the last days, the day under way left out. */
export async function loadStock(
  tx: Tx,
  caller: Caller,
  { store: storeId, view, page }: z.output<typeof stockAddress>,
  now: Date,
): Promise<{ rows: StockLine[]; total: number }> {
  const since = plusDays(await officeDay(tx, now), -VELOCITY_DAYS);
  const paged = { limit: STOCK_PAGE, offset: (page - 1) * STOCK_PAGE };
  return stockLines(tx, caller, { storeId, view, since, ...paged });
}
