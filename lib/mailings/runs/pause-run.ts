import type { Tx } from "@/lib/db/client";
import { lockMailing, lockRun, runById, updateMailing, updateRun } from "./run-queries";

/** Stops a run by itself, until a person resumes it, and says why. True also when it was stopped already. */
export async function pauseRun(
  tx: Tx,
  runId: string,
  reason: "failures" | "settings",
  now: Date,
): Promise<boolean> {
  const known = await runById(tx, runId);
  if (!known) return true;
  await lockMailing(tx, known.mailingId);
  const run = await lockRun(tx, runId);
  if (run?.state !== "running") return true;
  await updateRun(tx, run.id, { state: "paused", pauseReason: reason });
  await updateMailing(tx, run.mailingId, { status: "paused", updatedAt: now });
  return true;
}
