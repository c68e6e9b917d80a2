import { isNotNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { feeds } from "@/lib/db/schema/feeds";
import { stores } from "@/lib/db/schema/kaspi";
import { workspace } from "@/lib/db/schema/workspace";
import type { Settings } from "./model";
import type { Workspace } from "./queries";

export async function lockWorkspace(tx: Tx): Promise<Workspace> {
  const [row] = await tx.select().from(workspace).for("update");
  if (!row) throw new Error("the workspace row is missing");
  return row;
}

/** Whether the database knows the zone by this name; it computes the days, and knows fewer names than Node. */
export async function knowsZone(tx: Tx, name: string): Promise<boolean> {
  const known = await tx.execute(
    sql`select from pg_timezone_names where lower(name) = lower(${name})`,
  );
  return known.length > 0;
}

export async function updateSettings(tx: Tx, settings: Partial<Settings>): Promise<void> {
  await tx.update(workspace).set(settings);
}

/** At most, where Kaspi fetches a list: it may rest on knowledge two hours old. */
export const FEED_SYNC_MINUTES = 45;

/** Stores that were synced once follow the new interval at once, not after the old one. */
export async function rescheduleSyncs(tx: Tx, everyMinutes: number): Promise<void> {
  await tx
    .update(stores)
    .set({
      nextSyncAt: sql`${stores.lastSyncAt} + make_interval(mins => least(${everyMinutes}::int,
        case when exists (select from ${feeds} f where f.store_id = ${stores}.id and f.is_on)
          then ${FEED_SYNC_MINUTES}::int end))`,
    })
    .where(isNotNull(stores.lastSyncAt));
}
