import { AppError, isAppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { readReviews } from "@/lib/exits/read-reviews";
import type { ReadReview } from "@/lib/kaspi/review-wire";
import type { ReviewPage } from "@/lib/kaspi/reviews";
import { raiseNotice } from "@/lib/notices/queries";
import { failRun, finishRun, reportProgress, startRun } from "@/lib/runs/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { countFresh, keepPage, metBefore, storesOfShop } from "./page-queries";
import {
  countWalk,
  failWalk,
  lockSource,
  noteSummary,
  noteTrouble,
  type ReviewSource,
  settleWalk,
  sourceById,
} from "./source-queries";
import { endOfWalk } from "./walk-rules";

/** Which list, for which store, and the run that somebody follows. */
export type WalkOrder = { sourceId: string; storeId: string | null; runId: string | null };

/** How far a walk is: counts only, so it may travel between steps. */
export type Walk = {
  walk: number;
  /** The page to be read next, from 0. */
  page: number;
  met: number;
  unreadable: number;
  end: ReturnType<typeof endOfWalk>;
};

const PAGES_PER_STEP = 5;

/** Throws `gone` for a list that was forgotten and for a run that was cancelled. */
export async function beginWalk({ db, clock }: KaspiAccess, order: WalkOrder): Promise<Walk> {
  return db.transaction(async (tx) => {
    if (order.runId) await startRun(tx, order.runId, clock());
    const source = await countWalk(tx, order.sourceId);
    if (!source) throw forgotten();
    return { walk: source.walks, page: 0, met: 0, unreadable: 0, end: null };
  });
}

/**
 * Reads up to five pages and keeps each in a transaction of its own; a page read twice does no harm. Throws
 * as `readReviews` and `beginWalk`; the caller repeats from the same place.
 */
export async function walkPages(
  access: KaspiAccess,
  order: WalkOrder,
  from: Walk,
  signal?: AbortSignal,
): Promise<Walk> {
  let walk = from;
  const { reviewsRead: bound } = await getWorkspace(access.db);
  for (let left = PAGES_PER_STEP; left > 0 && walk.end === null; left -= 1) {
    signal?.throwIfAborted();
    const source = await sourceById(access.db, order.sourceId);
    if (!source) throw forgotten();
    const of = { kind: source.kind, code: source.code };
    const question = { storeId: order.storeId, of, page: walk.page };
    const read = await readReviews(access, question, signal).catch(async (error: unknown) => {
      await tellOfTrouble(access.db, order, walk, error);
      throw error;
    });
    walk = await keep(access, order, { walk, read, bound });
  }
  return walk;
}

/** Whoever waits need not wait for all the attempts there will be. */
async function tellOfTrouble(db: Db, { sourceId, runId }: WalkOrder, walk: Walk, error: unknown) {
  if (!isAppError(error)) return;
  await noteTrouble(db, sourceId, error.key);
  if (!runId) return;
  await reportProgress(db, runId, { done: walk.met, total: null, counts: { trouble: 1 } });
}

type Read = { walk: Walk; read: ReviewPage; bound: number };

async function keep(
  { db, clock }: KaspiAccess,
  order: WalkOrder,
  { walk: before, read, bound }: Read,
): Promise<Walk> {
  const now = clock();
  const { walk, page } = before;
  const reviews = [...new Map(read.reviews.map((one) => [one.id, one])).values()];
  return db.transaction(async (tx) => {
    const source = await lockSource(tx, order.sourceId);
    if (!source) throw forgotten();
    const asked = { source, walk, page, reviews };
    const { known, repeated, fresh } = await metBefore(tx, asked);
    const met = await keepPage(tx, asked, now);
    await noteSummary(tx, source.id, { name: nameIn(source, reviews), summary: read.summary });
    if (source.kind === "shop" && source.settledWalk > 0) await tellOfLow(tx, source, fresh);
    const total = read.summary?.total ?? source.total;
    const rows = reviews.length;
    const next: Walk = {
      walk,
      page: page + 1,
      met,
      unreadable: before.unreadable + read.unreadable,
      end: endOfWalk({ page, rows, repeated, known, met, total, bound }),
    };
    if (order.runId) {
      const awaited = total === null ? null : Math.min(total, bound);
      // Of a list known before only the newest are read: how many that will be nobody knows.
      const isFirst = source.settledWalk === 0;
      await reportProgress(tx, order.runId, {
        done: met,
        total: isFirst ? awaited : null,
        counts: {},
      });
    }
    return next;
  });
}

/** What Kaspi calls the card or the shop, as its reviews say. */
function nameIn({ kind, code }: ReviewSource, reviews: readonly ReadReview[]): string | null {
  if (kind === "shop")
    return reviews.find(({ seller }) => seller?.id === code)?.seller?.name ?? null;
  return reviews.find(({ card }) => card?.id === code)?.card?.name ?? null;
}

const LOW = 2;

/** A buyer is unhappy with a shop of ours: its people hear of it once. */
async function tellOfLow(tx: Tx, { code }: ReviewSource, fresh: readonly ReadReview[]) {
  const low = fresh.filter(({ rating }) => rating !== null && rating <= LOW);
  if (low.length === 0) return;
  for (const storeId of await storesOfShop(tx, code))
    for (const { id, rating, card } of low)
      await raiseNotice(tx, {
        kind: "low_review",
        about: `${storeId}:${id}`,
        severity: "warning",
        storeId,
        params: {
          rating: rating ?? LOW,
          product: card?.name ?? "",
          review: id,
          of: storeId,
        },
      });
}

export type WalkResult = { met: number; fresh: number; oddDays: number; whole: boolean };

/** Ends the walk: from now on what it has met is known. */
export async function finishWalk(
  { db, clock }: KaspiAccess,
  order: WalkOrder,
  walk: Walk,
): Promise<WalkResult> {
  const now = clock();
  return db.transaction(async (tx) => {
    const source = await lockSource(tx, order.sourceId);
    if (!source) throw forgotten();
    const { met, unreadable, end } = walk;
    const { fresh, oddDays } = await countFresh(tx, source.id, walk.walk);
    // Behind what was known before lies what that walk has left behind.
    const isWhole = end === "known" ? source.isWhole : end === "empty" || end === "total";
    await settleWalk(tx, { id: source.id, walk: walk.walk, isWhole }, now);
    const counts = { reviews: met, fresh, oddDays, unreadable, whole: isWhole ? 1 : 0 };
    if (order.runId) await finishRun(tx, order.runId, counts, now);
    return { met, fresh, oddDays, whole: isWhole };
  });
}

/** The job has given up. A run that a person has cancelled is no failure of the list. */
export async function abandonWalk(
  db: Db,
  { sourceId, runId }: WalkOrder,
  errorKey: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (runId) await failRun(tx, runId, errorKey, now);
    if (errorKey !== "run_cancelled") await failWalk(tx, sourceId, errorKey, now);
  });
}

const forgotten = () => new AppError("gone", "reviews_forgotten");
