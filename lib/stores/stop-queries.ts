import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { users } from "@/lib/db/schema/workspace";
import type { StoppedStore } from "./model";

/** Stores whose own kill switch is pulled, the latest first, for the red bar on every page. */
export async function stoppedStores(tx: Tx, caller: Caller): Promise<StoppedStore[]> {
  const rows = await tx
    .select({
      id: stores.id,
      name: stores.name,
      mayResume: isPermitted(caller, "change_store"),
      at: stores.sendingStoppedAt,
      by: users.name,
    })
    .from(stores)
    .leftJoin(users, eq(users.id, stores.sendingStoppedBy))
    .where(and(isNull(stores.archivedAt), isNotNull(stores.sendingStoppedAt), mayRead(caller)))
    .orderBy(desc(stores.sendingStoppedAt));
  return rows.flatMap(({ at, ...store }) => (at ? [{ ...store, at }] : []));
}
