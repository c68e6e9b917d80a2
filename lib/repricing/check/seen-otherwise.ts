import { isAppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import { HOUR } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { log } from "@/lib/log";
import { makeProductsDue } from "@/lib/repricing/send/publish-queries";
import { readOffer } from "@/lib/repricing/send/read-offer";
import { isStillBelieved, recordShown, shownRow } from "@/lib/repricing/send/shown-queries";
import { lockProducts, oneProduct } from "@/lib/stores/priced-queries";
import type { Check } from "./check-products";
import { type CityKey, cityKey } from "./check-queries";

/** Buyers see our own offer at another price than the one Kaspi's list is believed to show. */
export type Doubt = CityKey & {
  sku: string;
  cardId: string | null;
  believed: Tenge;
  seen: Tenge;
};

/** A run reads so many rows; the rest are asked about at their next looks. */
const MOST_READS = 10;
/** Buyers may see another price for good, one with a discount. What the list has said of it holds so long. */
const ANSWERED_FOR_MS = HOUR;

/** Whether somebody else may have changed our price: nothing of ours is on its way, and the market shows another one. */
export function doubtOf({ subject, observed }: Check, merchantId: string): Doubt | null {
  const { productId, cityId, sku, cardId, inFlightPrice, shownPrice: believed } = subject;
  if (!observed || believed === null || inFlightPrice !== null) return null;
  // A shop may sell two articles on one card, and only one of them is meant.
  const own = observed.offers.filter((offer) => offer.merchantId === merchantId);
  const [cheapest] = own;
  if (!cheapest || own.some(({ price }) => price === believed)) return null;
  return { productId, cityId, sku, cardId, believed, seen: cheapest.price };
}

type Answered = Doubt & { at: number };

const memories = new WeakMap<KaspiAccess, Map<string, Answered>>();

/**
 * Asks Kaspi's list about what was seen otherwise, and keeps what it says; where that is not what was
 * believed, the product is due at once. The market is no more than the occasion. Cannot fail for Kaspi's
 * sake: a row that is not read now is asked for at the next look.
 */
export async function settleDoubts(
  access: KaspiAccess,
  store: { id: string; accountId: string; merchantId: string },
  doubts: readonly Doubt[],
  signal?: AbortSignal,
): Promise<void> {
  const answered = memoryOf(access);
  for (const doubt of doubts.filter((one) => isNew(one, answered)).slice(0, MOST_READS)) {
    try {
      const read = await readOffer(access, store, { sku: doubt.sku, channel: "list" }, signal);
      answered.set(cityKey(doubt), { ...doubt, at: Number(access.clock()) });
      if (read.kind === "read" && read.offer) await keepShown(access, doubt, read.offer);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isAppError(error)) throw error;
      log.warn({ store: store.id, kind: error.kind }, "own prices not looked up");
      return;
    }
  }
}

function memoryOf(access: KaspiAccess): Map<string, Answered> {
  const answered = memories.get(access) ?? new Map<string, Answered>();
  memories.set(access, answered);
  const forgotten = Number(access.clock()) - ANSWERED_FOR_MS;
  for (const [key, { at }] of answered) if (at <= forgotten) answered.delete(key);
  return answered;
}

function isNew(doubt: Doubt, answered: ReadonlyMap<string, Answered>): boolean {
  const before = answered.get(cityKey(doubt));
  return before?.seen !== doubt.seen || before.believed !== doubt.believed;
}

/** What was read is older than what a price that has left since then has come to. */
async function keepShown(access: KaspiAccess, doubt: Doubt, offer: OwnOffer): Promise<void> {
  const shown = shownRow(offer, doubt.cityId);
  const now = access.clock();
  await access.db.transaction(async (tx) => {
    await lockProducts(tx, oneProduct(doubt.productId));
    if (!(await isStillBelieved(tx, doubt, doubt.believed))) return;
    await recordShown(tx, doubt, shown, now);
    const isAsBelieved =
      shown.price === doubt.believed && shown.cardId === doubt.cardId && shown.onSale;
    if (!isAsBelieved) await makeProductsDue(tx, [doubt.productId], now);
  });
}
