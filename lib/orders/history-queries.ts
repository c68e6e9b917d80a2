import { and, eq } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Db, Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { orderReads } from "@/lib/db/schema/orders";
import { writableStore } from "@/lib/stores/queries";
import { USUAL_HISTORY_DAYS } from "./history-model";
import { inSight } from "./shown-queries";

/** How many days back a store's orders are read by its token. */
export async function historyDaysOf(tx: Tx, caller: Caller, storeId: string): Promise<number> {
  const [row] = await tx
    .select({ days: orderReads.historyDays })
    .from(stores)
    .innerJoin(
      orderReads,
      and(eq(orderReads.storeId, stores.id), eq(orderReads.source, "shop_api")),
    )
    .where(inSight(caller, storeId));
  return row?.days ?? USUAL_HISTORY_DAYS;
}

/**
 * From now on orders so many days back are read; those that are here already stay. Throws `not_found`,
 * `forbidden`.
 */
export async function setHistoryDays(
  db: Db,
  caller: Caller,
  { storeId, days }: { storeId: string; days: number },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId);
    const before = await historyDaysOf(tx, caller, store.id);
    await tx
      .insert(orderReads)
      .values({ storeId: store.id, source: "shop_api", historyDays: days, nextReadAt: now })
      .onConflictDoUpdate({
        target: [orderReads.storeId, orderReads.source],
        set: { historyDays: days, nextReadAt: now },
      });
    const details = { before, after: days };
    const entry = { at: now, userId: caller.id, storeId: store.id, details };
    await audit(tx, { ...entry, action: "store.order_history_changed" });
  });
}
