import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import type { Tenge } from "@/lib/core/money";
import { type WorkedOut, workOut } from "@/lib/costs/work-out";
import type { Db, Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { noteWideChange } from "@/lib/repricing/hold/wide-change";
import { makeProductsDue } from "@/lib/repricing/send/publish-queries";
import { isUnderWay } from "@/lib/runs/model";
import { finishRun, reportProgress, runById, startRun } from "@/lib/runs/queries";
import {
  countStale,
  type FloorSubject,
  floorsRunUnderWay,
  insertFloorsRun,
  lockStale,
  markStale,
  type StaleProduct,
  writeFloors,
} from "./cost-floor-queries";

const BATCH = 500;

/**
 * Computes anew the floors of a store's products, or of all: a tariff has changed. They are marked in
 * the caller's transaction, a job does the rest. Returns the run, and how many products it is about.
 */
export async function requestFloors(
  tx: Tx,
  { storeId, userId }: { storeId: string | null; userId: string | null },
  now: Date,
): Promise<{ runId: string | null; count: number }> {
  const count = await markStale(tx, storeId, now);
  return { runId: await beginFloors(tx, userId, now), count };
}

/**
 * A run for whatever is to be computed by now, whoever's it is; the one under way takes it along. It tells
 * its person only of what they may see. Null: nothing is to be computed.
 */
export async function beginFloors(
  tx: Tx,
  userId: string | null,
  now: Date,
): Promise<string | null> {
  const { all, seen } = await countStale(tx, await askerOf(tx, userId), now);
  if (all === 0) return null;
  const open = await floorsRunUnderWay(tx);
  if (open) return open;
  const runId = await insertFloorsRun(tx, { userId, total: seen, createdAt: now });
  await emit(tx, [events.floorsRequested.create({ runId })]);
  return runId;
}

/**
 * The next batch in one transaction: floors, due products and progress together, so that a crash
 * repeats a whole batch or none. Returns false when nothing is left or the run has ended.
 */
export async function recomputeBatch(
  db: Db,
  runId: string,
  now: Date,
  size = BATCH,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const run = await runById(tx, runId);
    if (!run || !isUnderWay(run)) return false;
    await startRun(tx, runId, now);
    const products = await lockStale(tx, await askerOf(tx, run.userId), now, size);
    const change = { subject: runId, by: run.userId };
    const raised = await refreshFloors(tx, products, now, (moved) =>
      noteChange(tx, moved, change, now),
    );
    const seen = (all: readonly StaleProduct[]) => all.filter(({ isSeen }) => isSeen).length;
    const done = run.done + seen(products);
    const total = Math.max(run.total ?? 0, done);
    const sum = { raised: seen(raised) + (run.counts.raised ?? 0) };
    await reportProgress(tx, runId, { done, total, counts: sum });
    if (products.length > 0) return true;
    await finishRun(tx, runId, sum, now);
    return false;
  });
}

/**
 * Computes and stores the floors of locked products, and what their ceilings are computed from. A floor that
 * has risen, or is there at last, makes its product due at once, as does another ceiling. `whenMoved` is told
 * of the products whose counting limits are others than before. Returns those whose floor has risen.
 */
export async function refreshFloors<Product extends FloorSubject>(
  tx: Tx,
  products: readonly Product[],
  now: Date,
  whenMoved: (moved: Product[]) => Promise<void>,
): Promise<Product[]> {
  const worked = await workOut(tx, products, now);
  const rows = products.flatMap((product) => {
    const one = worked.get(product.id);
    return one ? [{ ...product, ...one }] : [];
  });
  await writeFloors(
    tx,
    rows.map(({ id, floor, inFull, costs, chosen }) => ({
      id,
      floor,
      inFull,
      until: costs && chosen.until,
    })),
  );
  const counting = rows.filter((row) => row.botEnabled);
  // Before the rows of their cities are: whoever notes a wide change locks that first.
  const moved = counting.filter(hasMoved);
  if (moved.length > 0) await whenMoved(moved);
  const raised = counting.filter((row) => row.floorCounts && hasRisen(row.costFloor, row.floor));
  const due = [...raised, ...counting.filter(hasOtherCeiling)];
  await makeProductsDue(
    tx,
    due.map(({ id }) => id),
    now,
  );
  return raised;
}

/** Whoever has asked for a run; null: nobody, or somebody who was blocked meanwhile. */
async function askerOf(tx: Tx, userId: string | null): Promise<Caller | null> {
  return userId === null ? null : findActiveUser(tx, userId);
}

/**
 * Store by store and by what has moved the floors, under the run's id: its batches add up. In a store that
 * the run's person may not change it was not they who changed anything.
 */
async function noteChange(
  tx: Tx,
  moved: readonly StaleProduct[],
  { subject, by }: { subject: string; by: string | null },
  now: Date,
): Promise<void> {
  for (const storeId of [...new Set(moved.map((product) => product.storeId))].sort())
    for (const what of ["costs", "tariffs"] as const) {
      const meant = moved.filter((one) => one.storeId === storeId && one.what === what);
      const changedBy = meant.every(({ isWritable }) => isWritable) ? by : null;
      const products = meant.length;
      await noteWideChange(tx, { storeId, what, products, subject, by: changedBy, now });
    }
}

type Recomputed = FloorSubject & Pick<WorkedOut, "floor" | "inFull">;

const hasOtherCeiling = ({ ceilingCounts, costInFull, inFull }: Recomputed) =>
  ceilingCounts && costInFull !== inFull;

function hasMoved(row: Recomputed): boolean {
  const floor = row.floor.kind === "floor" ? row.floor.floor : null;
  return (row.floorCounts && row.costFloor !== floor) || hasOtherCeiling(row);
}

function hasRisen(before: Tenge | null, after: WorkedOut["floor"]): boolean {
  return after.kind === "floor" && (before === null || after.floor > before);
}
