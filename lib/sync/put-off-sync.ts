import type { Tx } from "@/lib/db/client";
import type { Cancelled } from "@/lib/runs/change-run";
import { scheduleNextSync } from "@/lib/stores/at-work-queries";
import { syncStore } from "./jobs";

/** A cancelled sync does not begin again by itself at the next tick, but as late as a failed one. */
export async function putOffSync(tx: Tx, { job, storeId }: Cancelled, now: Date): Promise<void> {
  if (job === syncStore.id() && storeId) await scheduleNextSync(tx, storeId, false, now);
}
