import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { placeAt } from "@/lib/repricing/decide/place-rules";
import { forgetCarriedOut } from "@/lib/repricing/hold/answer-queries";
import { lastMarket } from "@/lib/repricing/ledger/history-queries";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import { lockProducts, oneProduct } from "@/lib/stores/priced-queries";
import { type Ears, earsOf, sendSoon, type Told, writeDown } from "@/lib/webhooks/tell";
import { type Fate, judgeSent, nextLook, type Shown } from "./confirm-rules";
import { moveAnchor } from "./move-anchor";
import {
  dueForConfirmation,
  makeProductsDue,
  moveDecision,
  nextConfirmation,
  recordPlace,
  type Transition,
  waitsForTurn,
} from "./publish-queries";
import { readOffer } from "./read-offer";
import type { Sendable } from "./sendable-queries";
import { recordShown, shownRow } from "./shown-queries";

const BATCH = 20;
const unresolved: ("sending" | "sent")[] = ["sending", "sent"];

export type Confirmed = {
  read: number;
  /** When the next unresolved price is to be read; null: none is left. */
  nextAt: Date | null;
};

/**
 * Reads back what was sent and is due to be read: confirmed, rejected with what Kaspi shows, or to
 * be read again later. Throws as `askCabinet`.
 */
export async function confirmStore(
  access: KaspiAccess,
  storeId: string,
  signal?: AbortSignal,
): Promise<Confirmed> {
  const store = await storeAtWork(access.db, storeId);
  if (!store) return { read: 0, nextAt: null };
  const due = await dueForConfirmation(access.db, storeId, access.clock(), BATCH);
  const ears = due.length > 0 ? await earsOf(access.db, "price.changed", storeId) : [];
  let confirmed = 0;
  for (const decision of due) {
    signal?.throwIfAborted();
    const read = await readOffer(
      access,
      store,
      { sku: decision.sku, channel: "read_back" },
      signal,
    );
    if (read.kind !== "read") await lookAgain(access, decision);
    else if (await resolve(access, { ...store, ears }, decision, read.offer)) confirmed += 1;
  }
  if (confirmed > 0) await sendSoon(access.db, ears);
  return { read: due.length, nextAt: await nextConfirmation(access.db, storeId) };
}

const shownOf = ({ cityId }: Sendable, offer: OwnOffer | null): Shown =>
  offer && { price: offer.cityPrice(cityId), onSale: offer.onSale, pending: offer.pending };

/** Kaspi's row cannot be read: nobody knows what became of the price, and the others' turn has come. */
async function lookAgain(access: KaspiAccess, { id, confirmReads }: Sendable): Promise<void> {
  const confirmAt = nextLook(confirmReads, access.clock());
  await moveDecision(access.db, id, unresolved, { confirmAt, confirmReads: confirmReads + 1 });
}

/** Answers whether it is confirmed now, which has been written down for whom to tell. */
async function resolve(
  access: KaspiAccess,
  { merchantId, ears }: { merchantId: string; ears: Ears },
  decision: Sendable,
  offer: OwnOffer | null,
): Promise<boolean> {
  const shown = shownOf(decision, offer);
  const now = access.clock();
  const since = decision.sentAt ?? decision.sendingAt;
  if (decision.price === null || since === null)
    throw new Error(`decision ${decision.id} was never sent`);
  const sent = {
    price: decision.price,
    before: decision.priceBefore,
    since,
    isSure: decision.sentAt !== null,
    reads: decision.confirmReads,
  };
  const fate = judgeSent(sent, shown, now);
  const next = nextStep(fate, { now, since, reads: sent.reads, shown });
  return access.db.transaction(async (tx) => {
    await lockProducts(tx, oneProduct(decision.productId));
    // Somebody else has read it back meanwhile: what we saw is older.
    if (!(await moveDecision(tx, decision.id, unresolved, next)) || fate.kind === "unknown")
      return false;
    if (offer) await recordShown(tx, decision, shownRow(offer, decision.cityId), now);
    if (fate.kind === "confirmed") {
      await moveAnchor(tx, decision);
      await movePlace(tx, merchantId, decision, sent.price, now);
      if (!sent.isSure) await forgetCarriedOut(tx, decision, since);
      await writeDown(tx, ears, "price.changed", [changeOf(decision, sent.price, now)], now);
    } else await makeProductsDue(tx, [decision.productId], now);
    // The rest of its store waits for what is tried out first, and a product's other cities for this one.
    if (decision.canaryOf || (await waitsForTurn(tx, decision.productId)))
      await emit(tx, [events.publishRequested.create({ storeId: decision.storeId })]);
    return fate.kind === "confirmed";
  });
}

/** Kaspi's own list shows the price: only now has it changed. */
function changeOf(decision: Sendable, price: Tenge, now: Date): Told<"price.changed"> {
  return {
    of: decision.id,
    data: {
      store_id: decision.storeId,
      product_id: decision.productId,
      kaspi_sku: decision.sku,
      city_id: decision.cityId,
      price,
      price_before: decision.priceBefore,
      origin: decision.origin,
      reason: decision.reason,
      decision_id: decision.id,
      confirmed_at: now.toISOString(),
    },
  };
}

function nextStep(
  fate: Fate,
  read: { now: Date; since: Date; reads: number; shown: Shown },
): Transition {
  switch (fate.kind) {
    case "unknown":
      return { confirmAt: fate.lookAt, confirmReads: read.reads + 1 };
    case "confirmed":
      return {
        state: "confirmed",
        stateReason: null,
        sentAt: read.since,
        confirmedAt: read.now,
        confirmAt: null,
      };
    case "rejected":
      return {
        state: "rejected",
        stateReason: fate.why,
        stateParams: read.shown?.price ? { price: read.shown.price } : {},
        confirmAt: null,
      };
  }
}

/** The place the new price has in the market as last read; the next look finds out the real one. */
async function movePlace(
  tx: Tx,
  merchantId: string,
  { productId, cityId }: Sendable,
  price: Tenge,
  now: Date,
): Promise<void> {
  const market = await lastMarket(tx, productId, cityId);
  if (!market) return;
  const others = market.offers.filter((offer) => offer.merchantId !== merchantId);
  await recordPlace(tx, { productId, cityId }, placeAt(price, others, market.total), now);
}
