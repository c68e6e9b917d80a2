import { AppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import {
  countKnown,
  countMet,
  forgetMet,
  markGone,
  recountProducts,
  storePage,
} from "@/lib/products/sync-queries";
import { finishRun, reportProgress, startRun } from "@/lib/runs/queries";
import { doubtWhole, noteWhole, scheduleNextSync, storeAtWork } from "@/lib/stores/at-work-queries";
import { mainCityOrGuess } from "@/lib/stores/model";
import { keepPricedCities, ofStore } from "@/lib/stores/priced-queries";
import { type Cursor, pageAfter, totalOf } from "./cursor";
import { type ListSource, pagesAhead } from "./list-pages";
import { isComplete } from "./rules";
import { tellOfSync } from "./tell-of-sync";

export const PAGES_PER_STEP = 10;

export type SyncResult = {
  products: number;
  created: number;
  updated: number;
  gone: number;
  complete: boolean;
};

export async function beginSync(access: KaspiAccess, runId: string): Promise<Date> {
  return startRun(access.db, runId, access.clock());
}

/**
 * Walks up to `PAGES_PER_STEP` pages from the cursor, each stored while the next ones are on their
 * way; a page read twice does no harm. Throws what `askCabinet` throws; the caller repeats from the
 * same cursor.
 */
export async function walkPages(
  access: KaspiAccess,
  input: { storeId: string; runId: string; cursor: Cursor },
  signal?: AbortSignal,
): Promise<Cursor> {
  const source = await openList(access, input.storeId);
  const walk = { storeId: input.storeId, runId: input.runId, mainCityId: source.cityId };
  const pages = pagesAhead(access, source, signal);
  const progress = progressOf(access, input.runId);
  let cursor = input.cursor;
  pages.want(cursor, PAGES_PER_STEP);
  try {
    for (let left = PAGES_PER_STEP; left > 0 && cursor.phase !== "done"; left -= 1) {
      signal?.throwIfAborted();
      const page = await pages.take({ phase: cursor.phase, page: cursor.page });
      const next = pageAfter(cursor, page);
      pages.want(next, left - 1);
      const { created, changed } = await storePage(access.db, walk, page.products, access.clock());
      cursor = { ...next, created: next.created + created, changed: next.changed + changed };
      await progress.tell(cursor, left === 1 || cursor.phase === "done");
    }
  } finally {
    pages.close();
  }
  return cursor;
}

/** Keeps how far the walk is, once a second at most: every telling is a commit of its own. */
function progressOf(access: KaspiAccess, runId: string) {
  let toldAt = access.clock().getTime();
  return {
    async tell(cursor: Cursor, isLast: boolean): Promise<void> {
      const now = access.clock().getTime();
      if (!isLast && now - toldAt < SECOND) return;
      toldAt = now;
      await reportProgress(access.db, runId, {
        done: cursor.met,
        total: totalOf(cursor),
        counts: { created: cursor.created },
      });
    },
  };
}

/**
 * Ends the walk: marks what is gone, but only if the walk met the whole list; counts; closes the run
 * and says when the next is due.
 */
export async function finishSync(
  access: KaspiAccess,
  { storeId, runId, cursor }: { storeId: string; runId: string; cursor: Cursor },
): Promise<SyncResult> {
  const now = access.clock();
  return access.db.transaction(async (tx) => {
    const seen = await countMet(tx, runId);
    const known = await countKnown(tx, storeId);
    const total = totalOf(cursor);
    const { created, changed: updated, unreadable, cut } = cursor;
    const complete = isComplete({ seen, known, total, unreadable, cut });
    const missed = complete ? await markGone(tx, { storeId, runId }, now) : null;
    const gone = missed?.gone ?? 0;
    await forgetMet(tx, runId);
    await keepPricedCities(tx, ofStore(storeId), now);
    const products = await recountProducts(tx, storeId);
    const counts = { products, created, updated, gone, unreadable, complete: complete ? 1 : 0 };
    const isWanted = await finishRun(tx, runId, counts, now);
    await scheduleNextSync(tx, storeId, true, now);
    if (complete) {
      // Rows move between pages while they are read: what was missed once may be on sale all the same.
      if (missed?.sold === 0) await noteWhole(tx, storeId, runId);
      else await doubtWhole(tx, storeId, now);
      await resolveNotice(tx, "sync_incomplete", storeId, now);
    } else
      await raiseNotice(tx, {
        kind: "sync_incomplete",
        about: storeId,
        severity: "warning",
        storeId,
        params: { seen, total },
      });
    const result = { products, created, updated, gone, complete };
    if (isWanted) await tellOfSync(tx, { storeId, runId, result }, now);
    return result;
  });
}

async function openList(access: KaspiAccess, storeId: string): Promise<ListSource> {
  const store = await storeAtWork(access.db, storeId);
  if (!store) throw new AppError("conflict", "store_paused");
  const { accountId, merchantId } = store;
  const { cityId } = mainCityOrGuess(store.mainCityId);
  return { storeId, accountId, merchantId, cityId };
}
