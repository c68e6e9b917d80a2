import { gunzipSync } from "node:zlib";
import { askCabinet } from "@/lib/accounts/ask-cabinet";
import { onceInCabinet } from "@/lib/accounts/cabinet";
import { blockWrites, writesResumeAt } from "@/lib/accounts/pace-queries";
import { accountSlot } from "@/lib/accounts/slots";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel, wasNotAsked } from "@/lib/exits/channels";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import {
  FLUSHED,
  lastPriceList,
  PROTOCOL_ROWS,
  type ProtocolRow,
  priceListStatus,
  protocolRows,
  uploadPriceList,
} from "@/lib/kaspi/price-list-file";
import type { CabinetSession } from "@/lib/kaspi/session";
import { finishRun, openRun, reportProgress, startRun } from "@/lib/runs/queries";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import { type Store, writableStore } from "@/lib/stores/queries";
import { isFeedOn } from "./feed-queries";
import { makeList } from "./make-list";
import { lockReady } from "./readiness-queries";
import { insertUpload, moveMaking, moveUpload, type Upload, uploadById } from "./upload-queries";
import { validateXml } from "./validate-xml";
import { versionContent } from "./version-queries";

/** Kaspi works on the file before ours for minutes; for longer than this it is stuck. */
const LONGEST_BLOCK_MS = HOUR;
const LONGEST_PROCESSING_MS = HOUR;
const AGAIN_MS = MINUTE;
/** So many articles are asked of the protocol, and so many of its rows are kept. */
const MOST_ASKED = 5_000;
const ROWS_KEPT = 200;
/** Nobody has recorded Kaspi's word for a refused file. */
const refusal = /reject|error|fail|invalid/i;

type StoreAtWork = Store & { accountId: string };

/**
 * Asks for the store's full list to be sent to the cabinet; a job does it. Returns the run: the one under
 * way, if there is one. Throws `not_found`, `forbidden`, `conflict` for a store without a login.
 */
export function requestUpload(db: Db, caller: Caller, storeId: string, now: Date): Promise<string> {
  return db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId, "change_price");
    if (store.accountId === null) throw new AppError("conflict", "feed_without_login");
    const run = await openRun(tx, { kind: "upload", storeId, userId: caller.id });
    if (!run.isNew) return run.id;
    await insertUpload(tx, { id: run.id, storeId, userId: caller.id, createdAt: now });
    await audit(tx, {
      ...{ at: now, userId: caller.id, storeId, subjectId: run.id },
      action: "list.upload_requested",
    });
    await emit(tx, [events.listUploadRequested.create({ storeId, runId: run.id })]);
    return run.id;
  });
}

export type SendOutcome = { kind: "sent" } | { kind: "wait"; until: Date };

/**
 * Makes the list of this moment and sends it, once: what may have arrived before is looked for at Kaspi
 * first. Throws what keeps it from leaving, for good: `list_errors`, `list_not_ready`, `upload_stuck`,
 * `upload_uncertain`.
 */
export async function sendUpload(
  access: KaspiAccess,
  runId: string,
  signal?: AbortSignal,
): Promise<SendOutcome> {
  const now = access.clock();
  await startRun(access.db, runId, now);
  const upload = await uploadById(access.db, runId);
  if (upload.state === "processing") return { kind: "sent" };
  const store = await storeOf(access, upload);
  if (upload.state === "sending") {
    const arrived = await lookForOurs(access, store, upload, signal);
    if (arrived) return { kind: "sent" };
  }
  const blocked = await writesResumeAt(access.db, store.accountId, now);
  if (blocked) return { kind: "wait", until: blocked };
  if (!(await hold(access, upload))) return { kind: "wait", until: later(now, AGAIN_MS) };
  try {
    return await sendNow(access, store, upload, signal);
  } catch (error) {
    await moveMaking(access.db, runId, { state: "waiting", heldAt: null });
    throw error;
  }
}

async function storeOf({ db }: KaspiAccess, { storeId }: Upload): Promise<StoreAtWork> {
  const store = await storeAtWork(db, storeId);
  if (!store) throw new AppError("conflict", "store_paused");
  return store;
}

/** From now on nothing else of the store leaves, so that the list knows all that has. False: not now. */
async function hold({ db, clock }: KaspiAccess, { id, storeId }: Upload): Promise<boolean> {
  const now = clock();
  const why = await db.transaction(async (tx) => {
    const found = await lockReady(tx, storeId, now);
    if (found === null) await moveUpload(tx, id, { state: "making", heldAt: now });
    return found;
  });
  if (why !== null && why !== "changing") throw new AppError("conflict", `list_${why}`);
  return why === null;
}

/** The file may have left before this process began: Kaspi's last file says whether. */
async function lookForOurs(
  access: KaspiAccess,
  store: StoreAtWork,
  { id, fileBefore }: Upload,
  signal?: AbortSignal,
): Promise<boolean> {
  const last = await lastOf(access, store, signal);
  // Kaspi's own hourly visit makes a last file as well.
  const isFetched = await isFeedOn(access.db, store.id);
  if (last === null || fileBefore === null || isFetched)
    throw new AppError("conflict", "upload_uncertain");
  if (last === fileBefore) return false;
  await moveUpload(access.db, id, { state: "processing", fileId: last });
  return true;
}

async function sendNow(
  access: KaspiAccess,
  store: StoreAtWork,
  { id, blockedSince }: Upload,
  signal?: AbortSignal,
): Promise<SendOutcome> {
  const version = await makeList(access, store, { why: "upload", by: null });
  if (version.errors > 0) throw new AppError("conflict", "list_errors");
  const xml = gunzipSync((await versionContent(access.db, version.id)).xml).toString("utf8");
  const { merchantId: merchantUid } = store;
  const fileBefore = await lastOf(access, store, signal);
  await accountSlot(access, store.accountId, "write")(signal);
  const now = access.clock();
  await reportProgress(access.db, id, { done: 0, total: version.offers });
  const leaving = { state: "sending", listId: version.id, fileBefore, sentAt: now } as const;
  const why = await access.db.transaction(async (tx) => {
    const found = await lockReady(tx, store.id, now);
    if (found === null) await moveUpload(tx, id, leaving);
    return found;
  });
  if (why !== null) throw new AppError("conflict", `list_${why}`);
  try {
    const uploaded = await onceInCabinet(
      access,
      store.accountId,
      (cabinet) =>
        throughChannel(access, { name: "prices", of: store.id }, () =>
          uploadPriceList({ ...cabinet, acquireSlot: async () => {} }, { merchantUid, xml }),
        ),
      signal,
    );
    if (uploaded.kind === "taken") {
      await moveUpload(access.db, id, { state: "processing", fileId: uploaded.fileId });
      return { kind: "sent" };
    }
    return waitForOther(access, id, blockedSince ?? now);
  } catch (error) {
    return afterFailure(access, store, id, error);
  }
}

/** No file of a shop that had none yet. */
const NONE = "none";

/** Kaspi's last file; null: it does not say, the endpoint is of 2024. */
async function lastOf(
  access: KaspiAccess,
  store: StoreAtWork,
  signal?: AbortSignal,
): Promise<string | null> {
  try {
    const { merchantId } = store;
    return (
      (await ask(access, store, (cabinet) => lastPriceList(cabinet, merchantId), signal)) ?? NONE
    );
  } catch (error) {
    if (isAppError(error, "kaspi_not_found", "kaspi_malformed", "kaspi_rejected")) return null;
    throw error;
  }
}

async function waitForOther(
  { db, clock }: KaspiAccess,
  id: string,
  blockedSince: Date,
): Promise<SendOutcome> {
  const now = clock();
  await moveUpload(db, id, { state: "waiting", blockedSince, sentAt: null, heldAt: null });
  if (now.getTime() - blockedSince.getTime() > LONGEST_BLOCK_MS)
    throw new AppError("conflict", "upload_stuck");
  return { kind: "wait", until: later(now, AGAIN_MS) };
}

/** What certainly did not arrive waits; what may have arrived stays `sending`, and is looked for first. */
async function afterFailure(
  access: KaspiAccess,
  { accountId }: StoreAtWork,
  id: string,
  error: unknown,
): Promise<SendOutcome> {
  const isUnsent =
    wasNotAsked(error) || isAppError(error, "kaspi_session_expired", "kaspi_rejected");
  const isThrottled = isAppError(error, "kaspi_throttled");
  if (isUnsent || isThrottled)
    await moveUpload(access.db, id, { state: "waiting", sentAt: null, heldAt: null });
  if (!isThrottled) throw error;
  const until = later(access.clock(), error.retryAfterMs ?? 30 * MINUTE);
  await blockWrites(access.db, accountId, until);
  return { kind: "wait", until };
}

/**
 * Asks once how far Kaspi is. Answers whether it is done; throws `conflict` for a file that it has refused,
 * or has not been done with for an hour.
 */
export async function lookAtUpload(
  access: KaspiAccess,
  runId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const upload = await uploadById(access.db, runId);
  const { fileId, sentAt } = upload;
  const store = await storeOf(access, upload);
  const kaspiStatus = fileId === null ? null : await statusOf(access, store, fileId, signal);
  await moveUpload(access.db, runId, { kaspiStatus });
  if (kaspiStatus === FLUSHED) return true;
  if (kaspiStatus !== null && refusal.test(kaspiStatus))
    throw new AppError("conflict", "upload_refused", { params: { status: kaspiStatus } });
  const age = access.clock().getTime() - (sentAt?.getTime() ?? 0);
  if (age > LONGEST_PROCESSING_MS) throw new AppError("conflict", "upload_unanswered");
  return false;
}

/** Null: Kaspi gives no word, or one in an answer that nobody understands. */
async function statusOf(
  access: KaspiAccess,
  store: StoreAtWork,
  fileId: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const { merchantId: merchantUid } = store;
  try {
    return await ask(
      access,
      store,
      (cabinet) => priceListStatus(cabinet, { merchantUid, fileId }),
      signal,
    );
  } catch (error) {
    if (isAppError(error, "kaspi_malformed", "kaspi_not_found")) return null;
    throw error;
  }
}

/** Reads what Kaspi's protocol says of the articles, and ends the run. */
export async function endUpload(
  access: KaspiAccess,
  runId: string,
  signal?: AbortSignal,
): Promise<void> {
  const upload = await uploadById(access.db, runId);
  const store = await storeOf(access, upload);
  const articles = upload.listId ? await articlesOf(access, upload.listId) : [];
  const asked = articles.slice(0, MOST_ASKED);
  const met = await inProtocol(access, store, asked, signal);
  const missing = met ? asked.filter((sku) => !met.has(sku)) : [];
  const telling = [...(met?.values() ?? [])].filter(({ said }) => Object.keys(said).length > 0);
  const rows = [...missing.map((sku) => ({ sku, said: null })), ...telling].slice(0, ROWS_KEPT);
  const now = access.clock();
  await access.db.transaction(async (tx) => {
    const known = met ? { rowsKnown: met.size, rowsMissing: missing.length, rows } : {};
    await moveUpload(tx, runId, { state: "done", finishedAt: now, ...known });
    const done = articles.length;
    await reportProgress(tx, runId, { done, total: done });
    const counts = { offers: done, asked: asked.length, missing: missing.length };
    await finishRun(tx, runId, counts, now);
  });
}

/** Kaspi's protocol of these articles; null where Kaspi's answer is not understood: the file is done all the same. */
async function inProtocol(
  access: KaspiAccess,
  store: StoreAtWork,
  asked: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, ProtocolRow> | null> {
  const met = new Map<string, ProtocolRow>();
  const { merchantId: merchantUid } = store;
  try {
    for (let from = 0; from < asked.length; from += PROTOCOL_ROWS) {
      const skuList = asked.slice(from, from + PROTOCOL_ROWS);
      const rows = await ask(
        access,
        store,
        (cabinet) => protocolRows(cabinet, { merchantUid, skuList }),
        signal,
      );
      for (const row of rows) met.set(row.sku, row);
    }
    return met;
  } catch (error) {
    if (isAppError(error, "kaspi_malformed", "kaspi_rejected", "kaspi_not_found")) return null;
    throw error;
  }
}

async function articlesOf({ db }: KaspiAccess, listId: string): Promise<string[]> {
  const xml = gunzipSync((await versionContent(db, listId)).xml);
  const articles: string[] = [];
  const anybody = { merchantId: null, points: null, cities: null };
  await validateXml(xml, anybody, ({ sku }) => articles.push(sku));
  return articles;
}

const ask = <T>(
  access: KaspiAccess,
  { id, accountId }: StoreAtWork,
  work: (cabinet: CabinetSession) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> =>
  askCabinet(access, { accountId, channel: { name: "read_back", of: id } }, work, signal);
