import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { REVIEWS_PER_PAGE } from "@/lib/kaspi/reviews";
import { startRun } from "@/lib/runs/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { lockSource, takeWalk } from "./source-queries";
import type { Walk, WalkOrder } from "./walk-model";
import { goesToEnd } from "./walk-rules";

/**
 * Null while another walks the list: two at once would each lose what the other has met. Throws `gone` for a
 * list that was forgotten and for a run that was cancelled.
 */
export async function beginWalk(
  { db, clock }: KaspiAccess,
  { sourceId, runId, by }: WalkOrder,
): Promise<Walk | null> {
  const now = clock();
  const { reviewsRead: bound } = await getWorkspace(db);
  return db.transaction(async (tx) => {
    if (runId) await startRun(tx, runId, now);
    const source = await lockSource(tx, sourceId);
    if (!source) throw forgotten();
    const isWalked = source.walkingUntil !== null && source.walkingUntil > now;
    if (isWalked && source.walkedBy !== by) return null;
    const goes = goesToEnd(source, bound, now) ? "end" : "known";
    const walk = await takeWalk(tx, source, { by, now });
    const counts = { page: 0, met: 0, unreadable: 0, knownPages: 0 };
    const perPage = goes === "end" ? REVIEWS_PER_PAGE : source.perPage;
    return { walk, ...counts, perPage, goes, end: null };
  });
}

export const forgotten = () => new AppError("gone", "reviews_forgotten");
