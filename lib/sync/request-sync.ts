import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { openRun } from "@/lib/runs/queries";
import { writableStore } from "@/lib/stores/queries";

/** Asks for a sync; a store that is being synced already answers with the run under way. Returns the run's id. */
export async function requestSync(tx: Tx, storeId: string, userId: string | null): Promise<string> {
  const run = await openRun(tx, { kind: "sync", storeId, userId });
  if (run.isNew) await emit(tx, [events.syncRequested.create({ storeId, runId: run.id })]);
  return run.id;
}

/**
 * A person asks for it. Throws `not_found`, `forbidden`, `conflict` for a store on pause, `official_only`,
 * `needs_reauth` for one nobody has logged in to yet.
 */
export async function askForSync(
  db: Db,
  caller: Caller,
  storeId: string,
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId);
    if (!store.isActive) throw new AppError("conflict", "store_paused");
    if (store.officialOnly) throw new AppError("official_only");
    if (store.accountId === null) throw new AppError("needs_reauth");
    const subjectId = await requestSync(tx, store.id, caller.id);
    const entry = { action: "store.sync_requested", storeId, subjectId } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
    return subjectId;
  });
}
