import { isAppError } from "@/lib/core/errors";
import type { KaspiOrder, OrderEntry } from "@/lib/kaspi/order";
import { entryCard, findOrder, listEntries } from "@/lib/kaspi/shop-orders";
import { noteAsked, noteEntriesAsked, noteLeft, openOrders, withoutEntries } from "./open-queries";
import { addMet, keep, type Met, nothingMet, type Source } from "./read-shop";

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
