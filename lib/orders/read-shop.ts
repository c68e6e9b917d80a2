import { inBatches, readAhead } from "@/lib/core/read-ahead";
import type { KaspiAccess } from "@/lib/exits/access";
import type { KaspiOrder, OrdersPage } from "@/lib/kaspi/order";
import { LARGEST_ORDERS_PAGE, listOrders } from "@/lib/kaspi/shop-orders";
import { log } from "@/lib/log";
import { noteGapAsked, noteRead } from "./gap-queries";
import { type Gap, windowsOf } from "./gap-rules";
import type { ReadStore } from "./read-queries";
import type { AskShop } from "./shop-of-store";
import { storeOrders } from "./store-queries";
import { halvesOf, type Window } from "./window-rules";

/** What a piece of reading has met. */
export type Met = {
  orders: number;
  created: number;
  changed: number;
  /** Those that were not got, or could not be understood. */
  unreadable: number;
};
export const nothingMet: Met = { orders: 0, created: 0, changed: 0, unreadable: 0 };

export const addMet = (one: Met, other: Met): Met => ({
  orders: one.orders + other.orders,
  created: one.created + other.created,
  changed: one.changed + other.changed,
  unreadable: one.unreadable + other.unreadable,
});

/** Kaspi lists about ten thousand of a window and leaves the rest out (protocol G2). */
const MOST_LISTED = 9_000;
/** A transaction costs as much for one page as for some. */
const PAGES_AT_ONCE = 4;
/** A list that goes on past what it says of itself is a fault. */
const PAGES_PAST = 3;

type Span = Omit<Window, "kind">;
export type Source = { access: KaspiAccess; ask: AskShop; store: ReadStore };

/**
 * Reads all orders of a window, stored a few pages at a time. One that holds more than Kaspi lists is read in
 * halves; one that gave fewer than it said is read once more, and what is missing then is a gap. Throws as
 * `callShop`.
 */
export async function readWindow(source: Source, window: Span, signal?: AbortSignal): Promise<Met> {
  const { access, store } = source;
  const askedAt = access.clock();
  const met = await readSpan(source, window, signal);
  await noteRead(access.db, store.id, { ...window, orders: met.unreadable, askedAt });
  return met;
}

/** Asks once more for a stretch of which orders are missing, in windows. Throws as `callShop`. */
export async function readGap(source: Source, gap: Gap, signal?: AbortSignal): Promise<Met> {
  await noteGapAsked(source.access.db, source.store.id, gap, source.access.clock());
  let met = nothingMet;
  for (const window of windowsOf(gap)) met = addMet(met, await readWindow(source, window, signal));
  return met;
}

async function readSpan(source: Source, window: Span, signal?: AbortSignal): Promise<Met> {
  const walk = await walkPages(source, window, signal);
  if (walk.isTooLong) {
    let met = nothingMet;
    for (const half of halvesOf(window) ?? [])
      met = addMet(met, await readSpan(source, half, signal));
    return met;
  }
  if (walk.missing === 0) return walk.met;
  const again = await walkPages(source, window, signal);
  if (again.missing > 0)
    log.warn({ store: source.store.id }, "a list of orders is shorter than it says");
  const { orders, unreadable } = walk.met;
  return {
    ...addMet(walk.met, again.met),
    orders: Math.max(orders, again.met.orders),
    unreadable: Math.max(unreadable, again.met.unreadable) + again.missing,
  };
}

type Walk = { met: Met; missing: number; isTooLong: boolean };

async function walkPages(source: Source, window: Span, signal?: AbortSignal): Promise<Walk> {
  const { access, store } = source;
  const mayHalve = halvesOf(window) !== null;
  const seen = new Set<string>();
  let met = nothingMet;
  let total = 0;
  const pages = pagesOf(source, window, { mayHalve, signal });
  // The next ones are on their way while these are stored.
  for await (const batch of readAhead(inBatches(pages, PAGES_AT_ONCE))) {
    if (batch.some(({ said }) => isTooLong(said, mayHalve)))
      return { met, missing: 0, isTooLong: true };
    const orders = batch.flatMap(({ said }) => said.orders);
    // What is known of since the first was asked for stands.
    const readAt = new Date(Math.min(...batch.map((page) => page.readAt.getTime())));
    const kept = await keep(access, store, { orders, readAt });
    for (const { said } of batch) {
      const fresh = said.orders.filter(({ code }) => !seen.has(code));
      for (const { code } of fresh) seen.add(code);
      met = addMet(met, { ...nothingMet, orders: fresh.length, unreadable: said.unreadable });
      total = said.total;
    }
    met = addMet(met, { ...nothingMet, ...kept });
  }
  if (met.unreadable > 0)
    log.warn({ store: store.id, count: met.unreadable }, "orders that cannot be understood");
  const missing = Math.max(total - seen.size - met.unreadable, 0);
  return { met, missing, isTooLong: false };
}

const isTooLong = ({ total }: OrdersPage, mayHalve: boolean) => total > MOST_LISTED && mayHalve;

type Reading = { mayHalve: boolean; signal?: AbortSignal | undefined };

/** Page by page, and no further where the list is too long to be read to its end. */
async function* pagesOf(
  { access, ask }: Source,
  { from, until }: Span,
  { mayHalve, signal }: Reading,
) {
  for (let page = 0, pages = 1; page < pages; page += 1) {
    signal?.throwIfAborted();
    const readAt = access.clock();
    const said = await ask((shop) => listOrders(shop, { from, until, page }));
    yield { said, readAt };
    if (isTooLong(said, mayHalve)) return;
    const most = Math.max(pages, Math.ceil(said.total / LARGEST_ORDERS_PAGE)) + PAGES_PAST;
    pages = said.orders.length + said.unreadable === 0 ? 0 : Math.min(said.pages, most);
  }
}

type Said = { orders: readonly KaspiOrder[]; readAt: Date };

export async function keep(access: KaspiAccess, store: ReadStore, { orders, readAt }: Said) {
  const reading = { storeId: store.id, source: "shop_api", readAt } as const;
  return storeOrders(access.db, reading, orders, access.clock());
}
