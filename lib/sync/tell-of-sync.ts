import type { Tx } from "@/lib/db/client";
import type { DeadRun } from "@/lib/jobs/runs-notes";
import type { FailedRun } from "@/lib/runs/queries";
import { endRefused } from "@/lib/runs/tell-of-failure";
import { earsOf, tell } from "@/lib/webhooks/tell";
import type { SyncResult } from "./sync-store";

type Ended = { storeId: string; runId: string; result: SyncResult | { error: string } };

const nothing = { complete: false, products_count: null, created: 0, updated: 0, gone: 0 };

/** Programs hear that a sync has ended, in the transaction that ends it. */
export async function tellOfSync(
  tx: Tx,
  { storeId, runId, result }: Ended,
  now: Date,
): Promise<void> {
  const ears = await earsOf(tx, "sync.finished", storeId);
  const about = { store_id: storeId, run_id: runId, finished_at: now.toISOString() };
  const data =
    "error" in result
      ? { ...about, ...nothing, status: "failed" as const, error: result.error }
      : { ...about, ...countsOf(result), status: "finished" as const, error: null };
  await tell(tx, ears, "sync.finished", [{ of: `${runId}:${data.status}`, data }], now);
}

/** The same of one that failed; nothing for runs of another kind. */
export async function tellOfFailedSync(
  tx: Tx,
  { id: runId, kind, storeId, errorKey }: FailedRun,
  now: Date,
): Promise<void> {
  if (kind !== "sync" || !storeId) return;
  await tellOfSync(tx, { storeId, runId, result: { error: errorKey ?? "unknown" } }, now);
}

/** An event that no engine takes is the end of its work: people are told, and programs of a sync. */
export async function tellOfRefusal(tx: Tx, run: DeadRun, now: Date): Promise<void> {
  const ended = await endRefused(tx, run, now);
  if (ended) await tellOfFailedSync(tx, ended, now);
}

const countsOf = ({ products, ...counts }: SyncResult) => ({ products_count: products, ...counts });
