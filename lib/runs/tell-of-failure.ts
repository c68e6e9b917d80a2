import type { Tx } from "@/lib/db/client";
import type { DeadRun } from "@/lib/jobs/runs-notes";
import { raiseNotice } from "@/lib/notices/queries";
import { endCounting } from "./counting-queries";
import { isToldElsewhere } from "./failure-model";
import { failedRun } from "./failure-queries";
import { type FailedRun, failRun } from "./queries";

/** Tells those whose work it was that a run has failed for good. The same work failing again is one notice. */
export async function tellOfFailure(tx: Tx, run: { id: string; job: string }, now: Date) {
  await endCounting(tx, run.id);
  const failed = await failedRun(tx, run.id);
  if (!failed || (failed.error && isToldElsewhere(failed.error))) return;
  const { subject, storeId, userId } = failed;
  await raiseNotice(tx, {
    kind: "run_failed",
    about: workOf(run.job, subject),
    severity: "warning",
    storeId,
    userId: storeId ? null : userId,
    params: { job: run.job, run: run.id, subject: subject ?? "", at: now.toISOString() },
  });
}

/** The same for a run that never began; what it was to tell the progress of is over, too, and answered. */
export async function endRefused(tx: Tx, run: DeadRun, now: Date): Promise<FailedRun | null> {
  const ended = run.progressId ? await failRun(tx, run.progressId, "unknown", now) : null;
  await tellOfFailure(tx, run, now);
  return ended;
}

/** A notice is of the work, not of one run: the next failure is the same news. */
export function workOf(job: string, subject: string | null): string {
  return `${job}:${subject ?? ""}`;
}
