import { eq, sql } from "drizzle-orm";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { workspace } from "@/lib/db/schema/workspace";
import { OLDEST_LIST_MS } from "@/lib/repricing/send/feed-queries";
import { type NotReady, notReady } from "./ready-rules";

/** Kaspi has taken it and shows it late: for so long a list might still undo it. */
const LATE_MS = OLDEST_LIST_MS;

/** Why no list of the store may leave now; null: one may. For whoever has found the store. */
export async function whyNotReady(tx: Tx, storeId: string, now: Date): Promise<NotReady | null> {
  const since = later(now, -LATE_MS).toISOString();
  const [store] = await tx
    .select({
      isStopped: sql<boolean>`(${stores.sendingStoppedAt} is not null
        or (select ${workspace.sendingStoppedAt} from ${workspace}) is not null)`,
      isPaused: sql<boolean>`(not ${stores.isActive} or ${stores.officialOnly}
        or ${stores.archivedAt} is not null)`,
      isChanging: sql<boolean>`exists (select from ${preorders} p where p.store_id = ${stores}.id
        and (p.sending_at is not null or (p.status = 'sent' and p.sent_at > ${since})))`,
      wholeSince: stores.wholeSince,
    })
    .from(stores)
    .where(eq(stores.id, storeId));
  return store ? notReady(store, now, OLDEST_LIST_MS) : "paused";
}

/** The same with the store taken: whatever leaves for it takes its row, too, so it has begun to before, or waits. */
export async function lockReady(tx: Tx, storeId: string, now: Date): Promise<NotReady | null> {
  await tx
    .select({ id: stores.id })
    .from(stores)
    .where(eq(stores.id, storeId))
    .for("no key update");
  return whyNotReady(tx, storeId, now);
}
