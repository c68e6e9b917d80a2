import { inCabinet } from "@/lib/accounts/cabinet";
import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel } from "@/lib/exits/channels";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { listOwnOffers, type OwnOffersPage } from "@/lib/kaspi/own-offers";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import {
  countKnown,
  countSeen,
  markGone,
  recountProducts,
  type SyncedProduct,
  upsertProducts,
} from "@/lib/products/sync-queries";
import { finishRun, reportProgress, startRun } from "@/lib/runs/queries";
import { mainCityOrGuess } from "@/lib/stores/model";
import { type Store, scheduleNextSync, storeAtWork } from "@/lib/stores/queries";
import { isComplete } from "./rules";

export const PAGES_PER_STEP = 10;
const PAGE_SIZE = 100;
/** A list that goes on this far past what Kaspi says there is never ends: it is a fault. */
const PAGES_PAST_TOTAL = 20;

/** Where a walk is. On-sale offers come first: they are what the seller waits for. */
export type Cursor = {
  phase: "on_sale" | "removed" | "done";
  page: number;
  /** What Kaspi said of the phases begun so far. */
  totals: { on_sale: number; removed: number };
  met: number;
  unreadable: number;
  created: number;
  cut: boolean;
};

export const walkStart: Cursor = {
  phase: "on_sale",
  page: 0,
  totals: { on_sale: 0, removed: 0 },
  met: 0,
  unreadable: 0,
  created: 0,
  cut: false,
};

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
 * Walks up to `PAGES_PER_STEP` pages from the cursor. Each page is stored while the next one is on
 * its way; a page read twice does no harm. Throws what `inCabinet` throws; the caller repeats from
 * the same cursor.
 */
export async function walkPages(
  access: KaspiAccess,
  input: { storeId: string; runId: string; cursor: Cursor },
  signal?: AbortSignal,
): Promise<Cursor> {
  const store = await openStore(access, input.storeId);
  let cursor = input.cursor;
  let page = await readPage(access, store, cursor, signal);
  for (let walked = 1; page; walked += 1) {
    signal?.throwIfAborted();
    const next = pageAfter(cursor, page);
    const [created, following] = await Promise.all([
      storePage(access, store, page),
      walked < PAGES_PER_STEP ? readPage(access, store, next, signal) : null,
    ]);
    cursor = { ...next, created: cursor.created + created };
    page = following;
    await reportProgress(access.db, input.runId, {
      done: cursor.met,
      total: totalOf(cursor),
      counts: { created: cursor.created },
    });
  }
  return cursor;
}

type OpenStore = Store & { accountId: string };

/** The page the cursor is at; null when there is none left. */
async function readPage(
  access: KaspiAccess,
  store: OpenStore,
  { phase, page }: Cursor,
  signal: AbortSignal | undefined,
): Promise<OwnOffersPage | null> {
  if (phase === "done") return null;
  const query = {
    merchantUid: store.merchantId,
    page,
    pageSize: PAGE_SIZE,
    onSale: phase === "on_sale",
  };
  return inCabinet(
    access,
    store.accountId,
    (cabinet) =>
      throughChannel(access, { name: "list", of: store.id }, () => listOwnOffers(cabinet, query)),
    signal,
  );
}

/** Returns how many products were new. */
async function storePage(
  access: KaspiAccess,
  store: OpenStore,
  { offers }: OwnOffersPage,
): Promise<number> {
  const { cityId } = mainCityOrGuess(store.mainCityId);
  const rows = onePerSku(offers.map((offer) => toProduct(offer, cityId)));
  const city = { storeId: store.id, mainCityId: cityId };
  const { created } = await upsertProducts(access.db, city, rows, access.clock());
  return created;
}

/** Where the walk goes on once the page at the cursor was met. */
function pageAfter(cursor: Cursor, list: OwnOffersPage): Cursor {
  const { phase, page } = cursor;
  if (phase === "done") return cursor;
  const rowsOnPage = list.offers.length + list.unreadable;
  const total = Math.max(cursor.totals[phase], list.total);
  const cut = page + 1 >= Math.ceil(total / PAGE_SIZE) + PAGES_PAST_TOTAL;
  const ended = rowsOnPage === 0 || ((page + 1) * PAGE_SIZE >= total && rowsOnPage < PAGE_SIZE);
  return {
    ...cursor,
    ...(ended || cut ? nextPhase(phase) : { page: page + 1 }),
    totals: { ...cursor.totals, [phase]: total },
    met: cursor.met + rowsOnPage,
    unreadable: cursor.unreadable + list.unreadable,
    cut: cursor.cut || (cut && !ended),
  };
}

const totalOf = ({ totals }: Cursor) => totals.on_sale + totals.removed;

function nextPhase(phase: "on_sale" | "removed"): Pick<Cursor, "phase" | "page"> {
  return { phase: phase === "on_sale" ? "removed" : "done", page: 0 };
}

/** Postgres refuses to upsert one row twice in one statement; a faulty page may repeat a sku. */
function onePerSku(rows: SyncedProduct[]): SyncedProduct[] {
  return [...new Map(rows.map((row) => [row.sku, row])).values()];
}

function toProduct(offer: OwnOffer, cityId: string): SyncedProduct {
  return {
    sku: offer.sku,
    cardId: offer.cardId,
    offerId: offer.offerId,
    name: offer.title,
    brand: offer.brand,
    category: offer.category,
    imageUrl: offer.imageUrl,
    shopPath: offer.shopPath,
    price: offer.cityPrice(cityId),
    stock: offer.stock,
    onSale: offer.onSale,
  };
}

/**
 * Ends the walk: marks what is gone, but only if the walk met the whole list; counts; closes the run
 * and says when the next is due.
 */
export async function finishSync(
  access: KaspiAccess,
  input: { storeId: string; runId: string; startedAt: Date; cursor: Cursor },
): Promise<SyncResult> {
  const { storeId, runId, startedAt, cursor } = input;
  const now = access.clock();
  return access.db.transaction(async (tx) => {
    const seen = await countSeen(tx, storeId, startedAt);
    const known = await countKnown(tx, storeId);
    const total = totalOf(cursor);
    const complete = isComplete({
      seen,
      known,
      total,
      unreadable: cursor.unreadable,
      cut: cursor.cut,
    });
    const gone = complete ? await markGone(tx, storeId, startedAt, now) : 0;
    const products = await recountProducts(tx, storeId);
    const updated = Math.max(0, seen - cursor.created);
    const counts = {
      products,
      created: cursor.created,
      updated,
      gone,
      unreadable: cursor.unreadable,
    };
    await finishRun(tx, runId, { ...counts, complete: complete ? 1 : 0 }, now);
    await scheduleNextSync(tx, storeId, true, now);
    if (complete) await resolveNotice(tx, "sync_incomplete", storeId, now);
    else
      await raiseNotice(tx, {
        kind: "sync_incomplete",
        about: storeId,
        severity: "warning",
        storeId,
        params: { seen, total },
      });
    return { products, created: cursor.created, updated, gone, complete };
  });
}

async function openStore(access: KaspiAccess, storeId: string): Promise<OpenStore> {
  const store = await storeAtWork(access.db, storeId);
  if (!store) throw new AppError("conflict", "store_paused");
  return store;
}
