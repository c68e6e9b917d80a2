import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { raiseNotice } from "@/lib/notices/queries";
import { waitsForTurn } from "@/lib/repricing/send/publish-queries";
import { readOffer } from "@/lib/repricing/send/read-offer";
import { recordShown, shownRow } from "@/lib/repricing/send/shown-queries";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import { lockProducts, oneProduct } from "@/lib/stores/priced-queries";
import type { Preorder } from "./model";
import { reachGoal } from "./reach-goal";
import { reportRun } from "./report-run";
import { isOverdue, isShown, judgeWrite, slowLook } from "./rules";
import { tellNotEnded } from "./tell-not-ended";
import {
  dueForLook,
  leadCityOf,
  lockLooked,
  movePreorder,
  nextLookAt,
  type Wanted,
} from "./work-queries";

const BATCH = 20;

/** When the next one is to be looked for; null: none is left. */
export type Looked = { read: number; nextAt: Date | null };

/**
 * Looks in Kaspi's list for the store's preorders whose time has come: they are active or over once it shows
 * so, and until then looked for again, ever more rarely. Throws as `askCabinet`.
 */
export async function lookForPreorders(
  access: KaspiAccess,
  storeId: string,
  signal?: AbortSignal,
): Promise<Looked> {
  const { db, clock } = access;
  const store = await storeAtWork(db, storeId);
  if (!store) return { read: 0, nextAt: null };
  const due = await dueForLook(db, storeId, clock(), BATCH);
  for (const one of due) {
    signal?.throwIfAborted();
    const read = await readOffer(access, store, { sku: one.sku, channel: "read_back" }, signal);
    const offer = read.kind === "read" ? read.offer : undefined;
    await db.transaction((tx) => settle(tx, { one, offer, store: store.name }, clock()));
  }
  return { read: due.length, nextAt: await nextLookAt(db, storeId) };
}

/** `offer` undefined: nobody knows what Kaspi shows. */
type Seen = { one: Wanted; offer: OwnOffer | null | undefined; store: string };

async function settle(tx: Tx, { one, offer, store }: Seen, now: Date): Promise<void> {
  await lockProducts(tx, oneProduct(one.productId));
  const row = await lockLooked(tx, one.id);
  // Somebody else has looked meanwhile, or another write has left: what we saw is older.
  if (!row?.wish || row.lookAt?.getTime() !== one.lookAt?.getTime()) return;
  const shown = offer !== undefined && isShown(row.wish, offer);
  if (shown && offer) {
    const cityId = await leadCityOf(tx, row.productId);
    await recordShown(tx, { productId: row.productId, cityId }, shownRow(offer, cityId), now);
  }
  if (row.sendingAt) await settleWrite(tx, row, { offer, shown }, now);
  // Something else is wanted of it by now: that is looked for when it has been written.
  else if (row.wantedAt) await movePreorder(tx, row.id, { lookAt: null });
  else if (shown) await reachGoal(tx, row, now);
  else await lookSlowly(tx, row, store, now);
}

async function settleWrite(
  tx: Tx,
  row: Preorder & { sendingAt: Date | null },
  { offer, shown }: { offer: OwnOffer | null | undefined; shown: boolean },
  now: Date,
): Promise<void> {
  const isSure = row.sentAt !== null && row.sendingAt !== null && row.sentAt >= row.sendingAt;
  const since = (isSure ? row.sentAt : row.sendingAt) ?? now;
  const write = { since, isSure, looks: row.looks };
  const fate = judgeWrite(write, offer ?? null, { shown, now });
  if (fate.kind === "unknown")
    return movePreorder(tx, row.id, { lookAt: fate.lookAt, looks: row.looks + 1 });
  const over = { sendingAt: null, lookAt: null } as const;
  // Changed or ended meanwhile: what was written is not what is wanted any more.
  if (row.wantedAt) await movePreorder(tx, row.id, over);
  else if (fate.kind === "shown") await reachGoal(tx, row, now);
  else if (fate.kind === "not_arrived")
    await movePreorder(tx, row.id, { ...over, why: "not_arrived", wantedAt: now });
  else if (row.ending) {
    await movePreorder(tx, row.id, { ...over, ending: null, why: "not_put_back" });
    await tellNotEnded(tx, row);
  } else {
    const lookAt = slowLook(since, now);
    await movePreorder(tx, row.id, { ...over, lookAt, why: "not_shown" });
  }
  await reportRun(tx, row.runId, now);
  await wakeOthers(tx, row, fate.kind === "not_arrived" || row.wantedAt !== null);
}

/** What has waited for this write: its own next one, and prices of the product. */
async function wakeOthers(tx: Tx, { storeId, productId }: Preorder, hasMore: boolean) {
  if (hasMore) await emit(tx, [events.preordersRequested.create({ storeId })]);
  if (await waitsForTurn(tx, productId))
    await emit(tx, [events.publishRequested.create({ storeId })]);
}

/** Accepted long ago and not shown: after a day its owner is told, once. */
async function lookSlowly(tx: Tx, row: Preorder, store: string, now: Date): Promise<void> {
  const { id, productId, sentAt, toldAt, storeId, name } = row;
  if (!sentAt) return movePreorder(tx, id, { lookAt: null });
  const isTold = toldAt === null && isOverdue(sentAt, now);
  await movePreorder(tx, id, { lookAt: slowLook(sentAt, now), ...(isTold && { toldAt: now }) });
  if (!isTold) return;
  await raiseNotice(tx, {
    ...{ kind: "preorder_not_shown", about: id, severity: "warning", storeId },
    params: { store, product: name, product_id: productId },
  });
}
