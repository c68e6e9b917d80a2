import { and, eq, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { orderReads } from "@/lib/db/schema/orders";
import { unreadOrders } from "./gap-queries";
import { hasSource } from "./read-queries";
import { inSight } from "./shown-queries";

/** How the orders of a store come, and how far they were read. */
export type ReadState = {
  id: string;
  name: string;
  hasToken: boolean;
  /** There is a token, or a login that lives and may be used. */
  isRead: boolean;
  officialOnly: boolean;
  lastWholeAt: Date | null;
  lastError: string | null;
  /** Orders that Kaspi has and that are not here. */
  unread: number;
  mayChange: boolean;
};

export async function readStates(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
): Promise<ReadState[]> {
  return tx
    .select({
      id: stores.id,
      name: stores.name,
      hasToken: sql<boolean>`${stores.apiToken} is not null`,
      isRead: sql<boolean>`coalesce(${hasSource}, false)`,
      officialOnly: stores.officialOnly,
      lastWholeAt: orderReads.lastWholeAt,
      lastError: orderReads.lastError,
      unread: unreadOrders,
      mayChange: isPermitted(caller, "change_order"),
    })
    .from(stores)
    .leftJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .leftJoin(
      orderReads,
      and(
        eq(orderReads.storeId, stores.id),
        sql`${orderReads.source} = case when ${stores.apiToken} is null then 'cabinet' else 'shop_api' end`,
      ),
    )
    .where(inSight(caller, store))
    .orderBy(stores.name, stores.id);
}
