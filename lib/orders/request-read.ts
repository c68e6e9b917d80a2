import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { openRun } from "@/lib/runs/queries";
import { storesMeant } from "@/lib/stores/queries";
import { notDueBefore, storesDue, storeToRead } from "./read-queries";

/** Asks for the orders of every store that is due. Answers how many those are. */
export async function requestDue(db: Db, now: Date): Promise<number> {
  const due = await storesDue(db, now);
  for (const { id, isFirst } of due)
    await db.transaction(async (tx) => {
      const store = await storeToRead(tx, id);
      if (store) await notDueBefore(tx, store, now);
      if (isFirst) await requestRead(tx, id, null);
      else await emit(tx, [events.ordersRequested.create({ storeId: id, runId: null })]);
    });
  return due.length;
}

/** Asks for a reading that somebody follows; one under way answers for itself. Returns the run's id. */
async function requestRead(tx: Tx, storeId: string, userId: string | null): Promise<string> {
  const run = await openRun(tx, { kind: "orders", storeId, userId });
  if (run.isNew) await emit(tx, [events.ordersRequested.create({ storeId, runId: run.id })]);
  return run.id;
}

/**
 * A person wants the orders read now, of a store or of all their own (null). Answers the runs. Throws `not_found`,
 * `forbidden`, `invalid` (`orders_no_source`) where there is neither a token nor a login that lives.
 */
export async function askForOrders(
  db: Db,
  caller: Caller,
  storeId: string | null,
  now: Date,
): Promise<string[]> {
  return db.transaction(async (tx) => {
    const runs: string[] = [];
    for (const { id } of await storesMeant(tx, caller, storeId ?? undefined, "change_order")) {
      if (!(await storeToRead(tx, id))) continue;
      const subjectId = await requestRead(tx, id, caller.id);
      const entry = { action: "store.orders_requested", storeId: id, subjectId } as const;
      await audit(tx, { at: now, userId: caller.id, ...entry });
      runs.push(subjectId);
    }
    if (runs.length === 0) throw new AppError("invalid", "orders_no_source");
    return runs;
  });
}
