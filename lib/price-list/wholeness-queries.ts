import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { OLDEST_LIST_MS } from "@/lib/repricing/send/feed-queries";

/** Whether what is known of a store's goods is whole and fresh enough for a list to leave. */
export type Wholeness = { kind: "whole"; since: Date } | { kind: "stale" } | { kind: "never" };

/** For whoever has found the store. */
export async function wholeness(tx: Tx, storeId: string, now: Date): Promise<Wholeness> {
  const [store] = await tx
    .select({ since: stores.wholeSince })
    .from(stores)
    .where(eq(stores.id, storeId));
  const since = store?.since ?? null;
  if (since === null) return { kind: "never" };
  const isFresh = now.getTime() - since.getTime() < OLDEST_LIST_MS;
  return isFresh ? { kind: "whole", since } : { kind: "stale" };
}
