import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { lacking } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { runs as jobRuns } from "@/lib/jobs/runs";
import { resolveNotice } from "@/lib/notices/queries";
import { isKeptGoing, isOfFailure } from "./cancel-model";
import type { RunLine } from "./history-model";
import { findRunLine, RETRIED } from "./history-queries";
import { cancelProgress, reopenProgress } from "./queries";
import { workOf } from "./tell-of-failure";

/** Whose work a run was, for what must follow its cancellation. */
export type Cancelled = { job: string; storeId: string | null };

/**
 * Ends a run that is queued or under way; what it has done stays done. `afterwards` belongs to the same
 * transaction. Throws `not_found`, `forbidden`, and `conflict` when it is over already or when a run of
 * this job is not to be cancelled.
 */
export async function cancelRun(
  db: Db,
  caller: Caller,
  id: string,
  now: Date,
  afterwards: (tx: Tx, run: Cancelled, now: Date) => Promise<void> = async () => {},
): Promise<void> {
  await db.transaction(async (tx) => {
    const line = await changeable(tx, caller, id);
    refuseInVain(line.job);
    if (!(await jobRuns.cancel(line.id, now, tx))) throw new AppError("conflict", "run_over");
    // A sync ends in this order, too: first its store, then its progress.
    await afterwards(tx, { job: line.job, storeId: storeOf(line) }, now);
    if (line.progress) await cancelProgress(tx, line.progress.id, now);
    await audit(tx, { ...entry(caller, line, now), action: "run.cancelled" });
  });
}

/** Does a failed or cancelled run again. Throws what `runs.retry` of the jobs throws, and `forbidden`. */
export async function retryRun(db: Db, caller: Caller, id: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const line = await changeable(tx, caller, id);
    await jobRuns.retry(line.id, now, tx);
    if (line.progress) await reopenProgress(tx, line.progress.id, now);
    await resolveNotice(tx, "run_failed", workOf(line.job, line.subject), now);
    await audit(tx, { ...entry(caller, line, now), action: RETRIED });
  });
}

async function changeable(tx: Tx, caller: Caller, id: string): Promise<RunLine> {
  const line = await findRunLine(tx, caller, id);
  if (!line) throw new AppError("not_found", "run_not_found");
  if (!line.mayChange) throw lacking("change_store");
  return line;
}

function refuseInVain(job: string): void {
  if (isKeptGoing(job)) throw new AppError("conflict", "run_kept_going");
  if (isOfFailure(job)) throw new AppError("conflict", "run_of_failure");
}

const storeOf = ({ about }: RunLine) => (about?.kind === "store" ? about.id : null);

const entry = (caller: Caller, line: RunLine, at: Date) => ({
  at,
  userId: caller.id,
  storeId: storeOf(line),
  subjectId: line.id,
  details: { job: line.job },
});
