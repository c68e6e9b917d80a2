import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { openRun } from "@/lib/runs/queries";

/** Asks for a sync; a store that is being synced already answers with the run under way. Returns the run's id. */
export async function requestSync(tx: Tx, storeId: string, userId: string | null): Promise<string> {
  const run = await openRun(tx, { kind: "sync", storeId, userId });
  if (run.isNew) await emit(tx, [events.syncRequested.create({ storeId, runId: run.id })]);
  return run.id;
}
