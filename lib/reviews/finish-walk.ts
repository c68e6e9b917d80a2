import type { Db } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { failRun, finishRun } from "@/lib/runs/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { forgotten } from "./begin-walk";
import { countFresh, countStored, dropUnmet } from "./page-queries";
import { failWalk, lockSource, settleWalk } from "./source-queries";
import type { Walk, WalkOrder } from "./walk-model";
import { gapOf, isWholeAfter } from "./walk-rules";

export type WalkResult = { met: number; fresh: number; oddDays: number; whole: boolean };

/** Ends the walk: from now on what it has met is known, and what Kaspi has no more is gone. */
export async function finishWalk(
  { db, clock }: KaspiAccess,
  { sourceId, runId }: WalkOrder,
  { walk, met, unreadable, end, goes, perPage }: Walk,
): Promise<WalkResult> {
  const now = clock();
  const { reviewsRead: bound } = await getWorkspace(db);
  return db.transaction(async (tx) => {
    const source = await lockSource(tx, sourceId);
    if (!source) throw forgotten();
    const { total, isWhole: wasWhole } = source;
    const { fresh, oddDays } = await countFresh(tx, source.id, walk);
    const kept = await countStored(tx, source, now);
    const all = { end, met: met + unreadable, total, stored: kept + unreadable, wasWhole };
    const whole = isWholeAfter(all);
    const isToEnd = end === "empty" || end === "total";
    const isAll = whole && isToEnd && total !== null;
    if (isAll) await dropUnmet(tx, source, walk, now);
    const stored = isAll ? await countStored(tx, source, now) : kept;
    await settleWalk(
      tx,
      {
        ...{ id: source.id, walk, isWhole: whole, perPage, settledGap: gapOf(stored, total) },
        ...((goes === "end" || isToEnd) && { wholeWalkAt: now, settledBound: bound }),
      },
      now,
    );
    const counts = { reviews: met, fresh, oddDays, unreadable, whole: whole ? 1 : 0 };
    if (runId) await finishRun(tx, runId, counts, now);
    return { met, fresh, oddDays, whole };
  });
}

/** The job has given up. A run that a person has cancelled is no failure of the list, nor is one that only waited. */
export async function abandonWalk(
  db: Db,
  { sourceId, runId, by }: WalkOrder,
  errorKey: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (runId) await failRun(tx, runId, errorKey, now);
    const isCancelled = errorKey === "run_cancelled";
    await failWalk(tx, { id: sourceId, by, errorKey: isCancelled ? null : errorKey }, now);
  });
}
