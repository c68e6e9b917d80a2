import { isAppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import { failRun, finishRun, reportProgress, startRun } from "@/lib/runs/queries";
import { gapsOf } from "./gap-queries";
import { dueGap } from "./gap-rules";
import { goodsOf, linkEntries } from "./link-queries";
import { readLeft, readTab, TABS } from "./read-cabinet";
import {
  dueNow,
  failureSince,
  noteFailure,
  noteWhole,
  type ReadSource,
  type ReadStore,
  readProgress,
  saveProgress,
  storeToRead,
} from "./read-queries";
import { type Met, nothingMet, readGap, readWindow, type Source } from "./read-shop";
import { readMissingEntries, readOpen } from "./read-single";
import { noteBegun, noteEnded, noteLinked } from "./read-state-queries";
import { shopOf } from "./shop-of-store";
import { afterWindow, nextWindow } from "./window-rules";

/**
 * A reading of a store's orders. `runId` is a person's, or of the first one; null: nobody waits for it. `source`: what
 * it began with.
 */
export type Reading = {
  storeId: string;
  runId: string | null;
  startedAt: string;
  source: ReadSource;
};

/** `isOver`: nothing is left to read, or nothing can be. */
export type Read = Met & { isOver: boolean };

/** Null: the store's orders cannot be read now. */
export type Begun = { startedAt: string; source: ReadSource } | null;

/** Throws `gone` for a run that was cancelled. */
export async function beginReading(
  { db, clock }: KaspiAccess,
  { storeId, runId }: Pick<Reading, "storeId" | "runId">,
): Promise<Begun> {
  const store = await storeToRead(db, storeId);
  const now = clock();
  if (!store) {
    if (runId) await failRun(db, runId, "orders_no_source", now);
    return null;
  }
  if (runId) await startRun(db, runId, now);
  await noteBegun(db, store, now);
  return { startedAt: now.toISOString(), source: store.source };
}

/**
 * Reads a piece of the store's orders by its token: a window, then what is still open, then what lacks its
 * lines. A killed reading goes on where it was. A token that Kaspi refuses ends it: what was read is kept, and
 * the owner is told. Throws as `callShop` else.
 */
export async function readFromShop(
  access: KaspiAccess,
  { storeId, startedAt }: Reading,
  nth: number,
  signal?: AbortSignal,
): Promise<Read> {
  const store = await storeToRead(access.db, storeId);
  if (store?.source !== "shop_api") return { ...nothingMet, isOver: true };
  try {
    const source = { access, ask: await shopOf(access, storeId, signal), store };
    const now = new Date(startedAt);
    // After the fresh ones, before history: what people work with comes first.
    if (nth === 2) return { ...(await readOpen(source, now, signal)), isOver: false };
    if (nth === 3) return { ...(await readMissingEntries(source, signal)), isOver: false };
    const progress = await readProgress(access.db, store, now);
    const window = nextWindow(progress, now);
    if (!window) return await readDueGap(source, now, nth, signal);
    const met = await readWindow(source, window, signal);
    await saveProgress(access.db, store, afterWindow(progress, window, now));
    return { ...met, isOver: false };
  } catch (error) {
    if (!isAppError(error, "kaspi_rejected")) throw error;
    await tellOfToken(access, store, error.key);
    return { ...nothingMet, isOver: true };
  }
}

async function readDueGap(
  source: Source,
  now: Date,
  nth: number,
  signal?: AbortSignal,
): Promise<Read> {
  const { access, store } = source;
  const gap = dueGap(await gapsOf(access.db, store.id), now);
  if (!gap) return { ...nothingMet, isOver: nth > 3 };
  return { ...(await readGap(source, gap, signal)), isOver: false };
}

async function tellOfToken(access: KaspiAccess, store: ReadStore, key: string): Promise<void> {
  const now = access.clock();
  await access.db.transaction(async (tx) => {
    await noteFailure(tx, store, key, now);
    if (key !== "token_refused") return;
    await raiseNotice(tx, {
      ...{ kind: "token_refused", about: store.id, severity: "warning", storeId: store.id },
      params: { store: store.name, id: store.id },
    });
  });
}

/** Reads a tab of the cabinet, and after the last one what has left them. Throws as `askCabinet`. */
export async function readFromCabinet(
  access: KaspiAccess,
  { storeId, startedAt }: Reading,
  nth: number,
  signal?: AbortSignal,
): Promise<Read> {
  const store = await storeToRead(access.db, storeId);
  if (store?.source !== "cabinet") return { ...nothingMet, isOver: true };
  const asked = { access, store, signal };
  await readProgress(access.db, store, new Date(startedAt));
  if (nth <= TABS) return { ...(await readTab(asked, nth - 1)), isOver: false };
  return { ...(await readLeft(asked, new Date(startedAt))), isOver: true };
}

export async function tellProgress(
  { db }: KaspiAccess,
  { runId }: Reading,
  met: Met,
): Promise<void> {
  const { orders: done, created, changed } = met;
  if (runId) await reportProgress(db, runId, { done, total: null, counts: { created, changed } });
}

/**
 * Closes the reading: lines that waited for their product look for it once more. One whose source was changed
 * meanwhile was no reading of the other.
 */
export async function finishReading(
  { db, clock }: KaspiAccess,
  { storeId, runId, startedAt, source }: Reading,
  met: Met,
): Promise<void> {
  const now = clock();
  await db.transaction((tx) => linkNew(tx, { id: storeId, source }, now));
  await db.transaction(async (tx) => {
    const store = await storeToRead(tx, storeId);
    const failure = await whyNot(tx, store, { id: storeId, source }, new Date(startedAt));
    if (failure !== null) {
      await noteEnded(tx, { id: storeId, source });
      if (store && store.source !== source) await dueNow(tx, store, now);
      if (runId) await failRun(tx, runId, failure, now);
      return;
    }
    await noteWhole(tx, { id: storeId, source }, met.unreadable, now);
    await resolveNotice(tx, "token_refused", storeId, now);
    if (runId) await finishRun(tx, runId, { ...met }, now);
  });
}

async function whyNot(
  tx: Tx,
  store: ReadStore | null,
  read: Pick<ReadStore, "id" | "source">,
  began: Date,
): Promise<string | null> {
  if (!store) return "orders_no_source";
  return store.source === read.source ? failureSince(tx, read, began) : "orders_source_changed";
}

/** Only where other goods are there than the last time: nothing else could be found. */
async function linkNew(tx: Tx, store: Pick<ReadStore, "id" | "source">, now: Date): Promise<void> {
  const goods = await goodsOf(tx, store.id);
  if (!(await noteLinked(tx, store, goods))) return;
  await linkEntries(tx, store.id, now);
}
