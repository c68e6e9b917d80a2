import type { Tx } from "@/lib/db/client";
import { getWorkspace } from "@/lib/workspace/queries";
import { nextMoment } from "./attempt-queries";
import { nextOccurrence } from "./repeat-rules";
import { lockMailing, lockRun, type Run, updateMailing, updateRun } from "./run-queries";

/**
 * Ends a run of which everybody was tried, whatever came of it, and its mailing with it; one that is repeated
 * waits for its next time. Null while something is left.
 */
export async function closeRun(tx: Tx, given: Run, now: Date): Promise<Run | null> {
  const mailing = await lockMailing(tx, given.mailingId);
  const run = await lockRun(tx, given.id);
  if (!run || !mailing || run.state !== "running") return run;
  if ((await nextMoment(tx, run.id, now)) !== null) return null;
  await updateRun(tx, run.id, { state: "completed", endedAt: now });
  const { timeZone } = await getWorkspace(tx);
  // A retry leaves the time that was set for the next run as it is.
  const next = mailing.nextRunAt ?? nextOccurrence(mailing, timeZone, now);
  await updateMailing(tx, mailing.id, {
    status: next === null ? "completed" : "created",
    ...{ nextRunAt: next, updatedAt: now },
  });
  return { ...run, state: "completed", endedAt: now };
}
