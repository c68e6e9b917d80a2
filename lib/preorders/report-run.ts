import type { Tx } from "@/lib/db/client";
import { isUnderWay } from "@/lib/runs/model";
import { finishRun, reportProgress, runById, startRun } from "@/lib/runs/queries";
import { countRun } from "./work-queries";

/**
 * Says how far the work is in which preorders were asked for; it ends when of none of them a write is wanted
 * or under way. Call it in the transaction that moves one of them.
 */
export async function reportRun(tx: Tx, runId: string | null, now: Date): Promise<void> {
  const run = runId === null ? null : await runById(tx, runId);
  if (!run || !isUnderWay(run)) return;
  await startRun(tx, run.id, now);
  const { total, done, shown, ended } = await countRun(tx, run.id);
  const counts = { shown, ended, left: done - shown - ended };
  await reportProgress(tx, run.id, { done, total, counts });
  if (done === total) await finishRun(tx, run.id, counts, now);
}
