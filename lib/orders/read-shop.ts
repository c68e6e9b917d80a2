import { isAppError } from "@/lib/core/errors";
import { readAhead } from "@/lib/core/read-ahead";
import type { KaspiAccess } from "@/lib/exits/access";
import type { KaspiOrder, OrderEntry } from "@/lib/kaspi/order";
import {
  entryCard,
  findOrder,
  LARGEST_ORDERS_PAGE,
  listEntries,
  listOrders,
} from "@/lib/kaspi/shop-orders";
import { log } from "@/lib/log";
import { noteAsked, openOrders, withoutEntries } from "./open-queries";
import type { ReadStore } from "./read-queries";
import type { AskShop } from "./shop-of-store";
import { storeOrders } from "./store-queries";
import { halvesOf, type Window } from "./window-rules";

/** What a piece of reading has met. */
export type Met = { orders: number; created: number; changed: number; unreadable: number };
export const nothingMet: Met = { orders: 0, created: 0, changed: 0, unreadable: 0 };

export const addMet = (one: Met, other: Met): Met => ({
  orders: one.orders + other.orders,
  created: one.created + other.created,
  changed: one.changed + other.changed,
  unreadable: one.unreadable + other.unreadable,
});

/** Kaspi lists about ten thousand of a window and leaves the rest out (protocol G2). */
const MOST_LISTED = 9_000;
/** A list that goes on past what it says of itself is a fault. */
const PAGES_PAST = 3;

type Span = Omit<Window, "kind">;
export type Source = { access: KaspiAccess; ask: AskShop; store: ReadStore };

/**
 * Reads all orders of a window, each page stored as it comes. One that holds more than Kaspi lists is read in
 * halves; one that gave fewer than it said is read once more. Throws as `callShop`.
 */
export async function readWindow(source: Source, window: Span, signal?: AbortSignal): Promise<Met> {
  const walk = await walkPages(source, window, signal);
  if (walk.isTooLong) {
    let met = nothingMet;
    for (const half of halvesOf(window) ?? [])
      met = addMet(met, await readWindow(source, half, signal));
    return met;
  }
  if (!walk.isShort) return walk.met;
  const again = await walkPages(source, window, signal);
  if (again.isShort)
    log.warn({ store: source.store.id }, "a list of orders is shorter than it says");
  return addMet(walk.met, { ...again.met, orders: 0 });
}

type Walk = { met: Met; isShort: boolean; isTooLong: boolean };

async function walkPages(source: Source, window: Span, signal?: AbortSignal): Promise<Walk> {
  const { access, store } = source;
  const seen = new Set<string>();
  let met = nothingMet;
  let total = 0;
  // The next page is on its way while one is stored.
  for await (const { said, readAt } of readAhead(pagesOf(source, window, signal))) {
    const isTooLong = said.total > MOST_LISTED && halvesOf(window) !== null;
    if (isTooLong) return { met, isShort: false, isTooLong };
    const kept = await keep(access, store, { orders: said.orders, readAt });
    const fresh = said.orders.filter(({ code }) => !seen.has(code));
    for (const { code } of fresh) seen.add(code);
    met = addMet(met, { ...kept, orders: fresh.length, unreadable: said.unreadable });
    total = said.total;
  }
  if (met.unreadable > 0)
    log.warn({ store: store.id, count: met.unreadable }, "orders that cannot be understood");
  return { met, isShort: seen.size + met.unreadable < total, isTooLong: false };
}

async function* pagesOf({ access, ask }: Source, { from, until }: Span, signal?: AbortSignal) {
  for (let page = 0, pages = 1; page < pages; page += 1) {
    signal?.throwIfAborted();
    const readAt = access.clock();
    const said = await ask((shop) => listOrders(shop, { from, until, page }));
    yield { said, readAt };
    const most = Math.max(pages, Math.ceil(said.total / LARGEST_ORDERS_PAGE)) + PAGES_PAST;
    pages = said.orders.length + said.unreadable === 0 ? 0 : Math.min(said.pages, most);
  }
}

type Said = { orders: readonly KaspiOrder[]; readAt: Date };

async function keep(access: KaspiAccess, store: ReadStore, { orders, readAt }: Said) {
  const reading = { storeId: store.id, source: "shop_api", readAt } as const;
  return storeOrders(access.db, reading, orders, access.clock());
}

/** So many at once: the rest is there for the next reading. */
const MOST_OPEN = 100;
const MOST_WITHOUT = 100;
const MOST_CARDS = 50;

/** Asks anew for orders that are not over and were not met by this reading, the longest unread first. */
export async function readOpen(
  { access, ask, store }: Source,
  since: Date,
  signal?: AbortSignal,
): Promise<Met> {
  let met = nothingMet;
  for (const { id, code } of await openOrders(access.db, store.id, since, MOST_OPEN)) {
    signal?.throwIfAborted();
    const readAt = access.clock();
    const order = await ask((shop) => findOrder(shop, code));
    if (!order) await noteAsked(access.db, id, readAt);
    const kept = await keep(access, store, { orders: order ? [order] : [], readAt });
    met = addMet(met, { ...kept, orders: order ? 1 : 0, unreadable: 0 });
  }
  return met;
}

/** Reads the lines of orders that came without them, and what they are about where Kaspi does not say. */
export async function readMissingEntries(source: Source, signal?: AbortSignal): Promise<Met> {
  const { access, store } = source;
  let met = nothingMet;
  let cards = 0;
  for (const { id, code, kaspiId } of await withoutEntries(access.db, store.id, MOST_WITHOUT)) {
    if (kaspiId === null) continue;
    // A line that is kept is not asked for again: the rest waits for the next reading.
    if (cards >= MOST_CARDS) break;
    signal?.throwIfAborted();
    const readAt = access.clock();
    const order = await readWhole(source, { code, kaspiId }).catch(unlessTold);
    if (!order) await noteAsked(access.db, id, readAt);
    cards += (order?.entries ?? []).filter(({ sku }) => sku === null).length;
    const kept = await keep(access, store, { orders: order ? [order] : [], readAt });
    met = addMet(met, { ...kept, orders: 0, unreadable: 0 });
  }
  return met;
}

/** An order with its lines, from wherever Kaspi gives them. */
async function readWhole(
  source: Source,
  { code, kaspiId }: { code: string; kaspiId: string },
): Promise<KaspiOrder | null> {
  const order = await source.ask((shop) => findOrder(shop, code));
  if (!order) return null;
  const entries = order.entries ?? (await source.ask((shop) => listEntries(shop, kaspiId)));
  return { ...order, entries: entries && (await withCards(source, entries)) };
}

/** One order that Kaspi cannot show must not keep the others from being read. */
function unlessTold(error: unknown): null {
  if (isAppError(error, "kaspi_not_found", "kaspi_malformed")) return null;
  throw error;
}

/** Where the article is missing the card tells what a line is about. */
async function withCards({ ask }: Source, entries: readonly OrderEntry[]): Promise<OrderEntry[]> {
  const known: OrderEntry[] = [];
  for (const entry of entries) {
    const { entryId, sku, name } = entry;
    const card =
      sku === null && entryId !== null ? await ask((shop) => entryCard(shop, entryId)) : null;
    known.push(card ? { ...entry, cardId: card.cardId, name: name ?? card.name } : entry);
  }
  return known;
}
