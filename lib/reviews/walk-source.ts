import { AppError, isAppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import type { Db, Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { readReviews } from "@/lib/exits/read-reviews";
import type { ReadReview } from "@/lib/kaspi/review-wire";
import { FEWEST_PER_PAGE, type ReviewPage } from "@/lib/kaspi/reviews";
import { reportProgress, runById } from "@/lib/runs/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { forgotten } from "./begin-walk";
import { countStored, keepPage, metBefore } from "./page-queries";
import { takePage } from "./pages-allowed";
import {
  lockSource,
  noteSummary,
  noteTrouble,
  type ReviewSource,
  renewWalk,
  sourceById,
} from "./source-queries";
import { tellOfLow } from "./tell-low";
import type { Walk, WalkOrder } from "./walk-model";
import { endOfWalk, gapOf, hasMoved, isCutShort, type Reach } from "./walk-rules";

const PAGES_PER_STEP = 5;

type Options = {
  signal?: AbortSignal | undefined;
  /** Nobody tries again: a list that ends too early, time and again, has its end there. */
  isLastTry?: boolean;
};

/**
 * Reads up to five pages and keeps each in a transaction of its own; a page read twice does no harm. Throws
 * as `readReviews`, `kaspi_not_found` for a list that Kaspi has not, `conflict` when whoever asked has had
 * enough pages read for today; the caller repeats from the same place.
 */
export async function walkPages(
  access: KaspiAccess,
  order: WalkOrder,
  from: Walk,
  { signal, isLastTry = false }: Options = {},
): Promise<Walk> {
  let walk = from;
  const { reviewsRead: bound } = await getWorkspace(access.db);
  const asker = order.runId ? ((await runById(access.db, order.runId))?.userId ?? null) : null;
  for (let left = PAGES_PER_STEP; left > 0 && walk.end === null; left -= 1) {
    signal?.throwIfAborted();
    const source = await sourceById(access.db, order.sourceId);
    if (!source) throw forgotten();
    try {
      // The first page was paid for with the question.
      if (asker && walk.page > 0) await takePage(access.db, asker, access.clock());
      walk = await nextPage(access, order, { source, walk, bound, signal, isLastTry });
    } catch (error) {
      await tellOfTrouble(access.db, order, walk, error);
      throw error;
    }
  }
  return walk;
}

/** Whoever waits need not wait for all the attempts there will be; where there are none it fails at once. */
async function tellOfTrouble(db: Db, { sourceId, runId }: WalkOrder, walk: Walk, error: unknown) {
  if (!isAppError(error) || error.kind === "gone") return;
  await noteTrouble(db, sourceId, error.key);
  if (!runId || !error.mayRetry) return;
  await reportProgress(db, runId, { done: walk.met, total: null, counts: { trouble: 1 } });
}

type Next = Options & { source: ReviewSource; walk: Walk; bound: number };

async function nextPage(access: KaspiAccess, order: WalkOrder, next: Next): Promise<Walk> {
  const { source, walk, signal, isLastTry } = next;
  const { page, perPage } = walk;
  const of = { kind: source.kind, code: source.code };
  const read = await readReviews(access, { storeId: order.storeId, of, page, perPage }, signal);
  if (read === "refused") return smallerPages(walk);
  if (read === "unknown" && page === 0)
    throw new AppError("kaspi_not_found", "reviews_unknown", { params: { card: source.code } });
  const answer = read === "unknown" ? nothing : read;
  if (answer.reviews.length + answer.unreadable > 0) return keep(access, order, next, answer);
  const total = answer.summary?.total ?? source.total;
  const isShort = isCutShort(walk.met + walk.unreadable, total);
  // Where something was there is not nothing all at once; of a shop Kaspi may count what is older than a year.
  const isNothing =
    page === 0 &&
    ((isShort && source.kind === "card") ||
      (await countStored(access.db, source, access.clock())) > 0);
  if (isNothing || (isShort && !isLastTry))
    throw new AppError("unavailable", "reviews_unread", { retryAfterMs: MINUTE });
  const ended = await keep(access, order, next, answer);
  return isShort ? { ...ended, end: "short" } : ended;
}

const nothing: ReviewPage = { reviews: [], summary: null, unreadable: 0 };

/** Kaspi gives fewer at once, or none so deep in a list. */
function smallerPages(walk: Walk): Walk {
  const { page, perPage } = walk;
  if (perPage > FEWEST_PER_PAGE) {
    const next = Math.floor((page * perPage) / FEWEST_PER_PAGE);
    return { ...walk, perPage: FEWEST_PER_PAGE, page: next };
  }
  if (page === 0) throw new AppError("kaspi_rejected");
  return { ...walk, end: "short" };
}

async function keep(
  { db, clock }: KaspiAccess,
  order: WalkOrder,
  { walk: before, bound }: Next,
  read: ReviewPage,
): Promise<Walk> {
  const now = clock();
  const { walk, page } = before;
  const reviews = [...new Map(read.reviews.map((one) => [one.id, one])).values()];
  return db.transaction(async (tx) => {
    const source = await lockSource(tx, order.sourceId);
    if (!source) throw forgotten();
    const asked = { source, walk, page, reviews };
    const { known, repeated, ...news } = await metBefore(tx, asked);
    const met = await keepPage(tx, asked, now);
    const summary = read.summary && { ...read.summary, total: totalIn(read, met) };
    const total = summary?.total ?? source.total;
    await noteSummary(tx, source.id, { name: nameIn(source, reviews), summary });
    await renewWalk(tx, source.id, { by: order.by, now });
    const isFirst = source.settledWalk === 0;
    if (source.kind === "shop" && !isFirst)
      await tellOfLow(tx, { code: source.code, ...news }, now);
    const isKnown = known > 0 && known === reviews.length;
    const knownPages = isKnown ? before.knownPages + 1 : 0;
    const unreadable = before.unreadable + read.unreadable;
    const end = endOfWalk({
      ...{ page, perPage: before.perPage, isFirst, total, bound, repeated, known, knownPages },
      ...{ rows: read.reviews.length + read.unreadable, readable: reviews.length },
      met: met + unreadable,
      reach: isKnown ? await reachOf(tx, source, { goes: before.goes, total }, now) : before.goes,
    });
    await tellHowFar(tx, order, { done: met, total: isFirst ? total : null, bound });
    return { ...before, page: page + 1, met, unreadable, knownPages, end };
  });
}

/** Where all of a page is known: on a little, if what Kaspi counts has moved otherwise than what is kept. */
async function reachOf(
  tx: Tx,
  source: ReviewSource,
  { goes, total }: { goes: Walk["goes"]; total: number | null },
  now: Date,
): Promise<Reach> {
  if (goes === "end") return goes;
  const gap = gapOf(await countStored(tx, source, now), total);
  return hasMoved(gap, source.settledGap) ? "more" : goes;
}

type Progress = {
  done: number;
  /** Of a list known before only the newest are read: how many that will be nobody knows. */
  total: number | null;
  bound: number;
};

async function tellHowFar(tx: Tx, { runId }: WalkOrder, { done, total, bound }: Progress) {
  if (!runId) return;
  const awaited = total === null ? null : Math.min(total, bound);
  await reportProgress(tx, runId, { done, total: awaited, counts: {} });
}

/** None of what has been met is nothing said. */
const totalIn = ({ summary }: ReviewPage, met: number): number | null =>
  summary?.total === 0 && met > 0 ? null : (summary?.total ?? null);

/** What Kaspi calls the card or the shop, as its reviews say. */
function nameIn({ kind, code }: ReviewSource, reviews: readonly ReadReview[]): string | null {
  if (kind === "shop")
    return reviews.find(({ seller }) => seller?.id === code)?.seller?.name ?? null;
  return reviews.find(({ card }) => card?.id === code)?.card?.name ?? null;
}
