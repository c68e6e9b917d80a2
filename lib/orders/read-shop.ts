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
import { noteGapAsked, noteRead } from "./gap-queries";
import { type Gap, windowsOf } from "./gap-rules";
import { noteAsked, noteEntriesAsked, noteLeft, openOrders, withoutEntries } from "./open-queries";
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
/** A list that goes on past what it says of itself is a fault. */
const PAGES_PAST = 3;

type Span = Omit<Window, "kind">;
export type Source = { access: KaspiAccess; ask: AskShop; store: ReadStore };

/**
 * Reads all orders of a window, each page stored as it comes. One that holds more than Kaspi lists is read in
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
  const seen = new Set<string>();
  let met = nothingMet;
  let total = 0;
  // The next page is on its way while one is stored.
  for await (const { said, readAt } of readAhead(pagesOf(source, window, signal))) {
    const isTooLong = said.total > MOST_LISTED && halvesOf(window) !== null;
    if (isTooLong) return { met, missing: 0, isTooLong };
    const kept = await keep(access, store, { orders: said.orders, readAt });
    const fresh = said.orders.filter(({ code }) => !seen.has(code));
    for (const { code } of fresh) seen.add(code);
    met = addMet(met, { ...kept, orders: fresh.length, unreadable: said.unreadable });
    total = said.total;
  }
  if (met.unreadable > 0)
    log.warn({ store: store.id, count: met.unreadable }, "orders that cannot be understood");
  const missing = Math.max(total - seen.size - met.unreadable, 0);
  return { met, missing, isTooLong: false };
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
  for (const open of await openOrders(access.db, store.id, since, MOST_OPEN)) {
    signal?.throwIfAborted();
    const readAt = access.clock();
    const order = await ask((shop) => findOrder(shop, open)).catch(unlessTold);
    if (order === null) await noteLeft(access.db, open.id, readAt);
    // Kaspi has it and does not show it: the others have their turn first.
    else if (order === "untold") await noteAsked(access.db, open.id, readAt);
    const read = isRead(order) ? [order] : [];
    const kept = await keep(access, store, { orders: read, readAt });
    met = addMet(met, { ...kept, orders: read.length, unreadable: order === "untold" ? 1 : 0 });
  }
  return met;
}

const isRead = (order: KaspiOrder | "untold" | null): order is KaspiOrder =>
  order !== null && order !== "untold";

/** Reads the lines of orders that came without them, and what they are about where Kaspi does not say. */
export async function readMissingEntries(source: Source, signal?: AbortSignal): Promise<Met> {
  const { access, store } = source;
  let met = nothingMet;
  let cards = 0;
  const asked = access.clock();
  for (const bare of await withoutEntries(access.db, store.id, asked, MOST_WITHOUT)) {
    // A line that is kept is not asked for again: the rest waits for the next reading.
    if (cards >= MOST_CARDS) break;
    signal?.throwIfAborted();
    const readAt = access.clock();
    await noteEntriesAsked(access.db, bare.id, readAt);
    const order = await readWhole(source, bare).catch(unlessTold);
    const read = isRead(order) ? [order] : [];
    cards += read.flatMap(({ entries }) => entries ?? []).filter(({ sku }) => sku === null).length;
    const kept = await keep(access, store, { orders: read, readAt });
    met = addMet(met, { ...kept, orders: 0, unreadable: 0 });
  }
  return met;
}

/** An order with its lines, from wherever Kaspi gives them. */
async function readWhole(
  source: Source,
  bare: { code: string; orderedAt: Date },
): Promise<KaspiOrder | null> {
  const order = await source.ask((shop) => findOrder(shop, bare));
  if (!order?.kaspiId) return order;
  const { kaspiId } = order;
  const entries = order.entries ?? (await source.ask((shop) => listEntries(shop, kaspiId)));
  return { ...order, entries: entries && (await withCards(source, entries)) };
}

/** One order that Kaspi cannot show must not keep the others from being read. */
function unlessTold(error: unknown): "untold" {
  const isOfOne = isAppError(error, "kaspi_not_found", "kaspi_malformed", "kaspi_rejected");
  if (isOfOne && error.key !== "token_refused" && error.key !== "token_missing") return "untold";
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
