import type { Tx } from "@/lib/db/client";
import { raiseNotice } from "@/lib/notices/queries";
import { lockMailing, lockRun, type Run, runById, updateMailing, updateRun } from "./run-queries";

type Reason = Exclude<NonNullable<Run["pauseReason"]>, "person">;

/**
 * Stops a run by itself, until a person resumes it, and tells its owner why. True also when it was stopped already.
 */
export async function pauseRun(tx: Tx, runId: string, reason: Reason, now: Date): Promise<boolean> {
  const known = await runById(tx, runId);
  if (!known) return true;
  const mailing = await lockMailing(tx, known.mailingId);
  const run = await lockRun(tx, runId);
  if (!mailing || run?.state !== "running") return true;
  await updateRun(tx, run.id, { state: "paused", pauseReason: reason });
  await updateMailing(tx, mailing.id, { status: "paused", updatedAt: now });
  await raiseNotice(tx, {
    ...{ kind: "mailing_stopped", about: `${mailing.id}`, severity: "warning" },
    ...{ userId: mailing.ownerId, renewedAt: now },
    params: { mailing: mailing.id, subject: run.subject, reason },
  });
  return true;
}
