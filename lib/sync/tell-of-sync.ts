import type { Tx } from "@/lib/db/client";
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

const countsOf = ({ products, ...counts }: SyncResult) => ({ products_count: products, ...counts });
