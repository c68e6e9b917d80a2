import { gunzipSync } from "node:zlib";
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
import { lastPriceList, uploadPriceList } from "@/lib/kaspi/price-list-file";
import { openRun, reportProgress, startRun } from "@/lib/runs/queries";
import { writableStore } from "@/lib/stores/queries";
import { isFeedOn } from "./feed-queries";
import { makeList } from "./make-list";
import { lockReady } from "./readiness-queries";
import { insertUpload, moveMaking, moveUpload, type Upload, uploadById } from "./upload-queries";
import { ask, type StoreAtWork, storeOf } from "./upload-store";
import { versionContent } from "./version-queries";

/** Kaspi works on the file before ours for minutes; for longer than this it is stuck. */
const LONGEST_BLOCK_MS = HOUR;
const AGAIN_MS = MINUTE;

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
