import { onceInCabinet } from "@/lib/accounts/cabinet";
import { accountSlot } from "@/lib/accounts/slots";
import { isAppError } from "@/lib/core/errors";
import { later, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel, wasNotAsked } from "@/lib/exits/channels";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { changePrice } from "@/lib/kaspi/change-price";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { preorderChange } from "@/lib/kaspi/preorder-body";
import { log } from "@/lib/log";
import { returnUnused } from "@/lib/repricing/send/budget-queries";
import { forgetForbidden, heedForbidden } from "@/lib/repricing/send/forbidden-writes";
import { heldBackBy } from "@/lib/repricing/send/held-back";
import { readOffer } from "@/lib/repricing/send/read-offer";
import { stayAway } from "@/lib/repricing/send/stay-away";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import type { Store } from "@/lib/stores/queries";
import { withStoreLock } from "@/lib/stores/store-lock";
import { type Passed, passGate } from "./pass-gate";
import { refusePreorder } from "./refuse-preorder";
import {
  deferWanted,
  lockLooked,
  movePreorder,
  moveSending,
  nextWanted,
  takeWriteBack,
  type Wanted,
} from "./work-queries";

/** Sent in one go, under one lock. A killed process leaves at most one to be read back. */
const BATCH = 10;
/** Kaspi usually shows a change after about 6 s (protocol C1). */
const FIRST_LOOK_MS = 6 * SECOND;
const RETRY_MS = 30 * SECOND;
/** A row that grows old before it is judged is read again, so often at most. */
const MOST_READS = 3;

type StoreAtWork = Store & { accountId: string };
export type SentPreorders = { sent: number; goesOn: boolean };

/**
 * Writes the store's preorders that are wanted at Kaspi, a few at a time and never beside the sending of its
 * prices: each is judged against a row read a moment before, marked, and only then sent. When Kaspi does not
 * let us, what was not sent waits and says why.
 */
export function sendPreorders(
  access: KaspiAccess,
  storeId: string,
  signal?: AbortSignal,
): Promise<SentPreorders> {
  return withStoreLock(storeId, "publish", async () => {
    const store = await storeAtWork(access.db, storeId);
    if (!store) return { sent: 0, goesOn: false };
    const held = await heldBackBy(access, store);
    if (!held) return sendBatch(access, store, signal);
    await deferWanted(access.db, storeId, held);
    return { sent: 0, goesOn: false };
  });
}

async function sendBatch(
  access: KaspiAccess,
  store: StoreAtWork,
  signal: AbortSignal | undefined,
): Promise<SentPreorders> {
  let sent = 0;
  let goesOn = true;
  try {
    for (let tried = 0; goesOn && tried < BATCH; tried += 1) {
      signal?.throwIfAborted();
      const next = await nextWanted(access.db, store.id, access.clock());
      const outcome = next ? await sendOne(access, store, next, signal) : "stop";
      if (outcome === "sent") sent += 1;
      goesOn = outcome !== "stop";
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.warn({ store: store.id, kind: error.kind, key: error.key }, "preorders wait");
    await deferWanted(access.db, store.id, {
      stateReason: error.key === "no_cabinet_exit" ? error.key : error.kind,
      notBefore: later(access.clock(), error.retryAfterMs ?? RETRY_MS),
    });
    goesOn = false;
  } finally {
    if (sent > 0) await forgetForbidden(access, store.id);
    if (sent > 0) await emit(access.db, [events.preordersLook.create({ storeId: store.id })]);
  }
  return { sent, goesOn };
}

type Outcome = "sent" | "not_sent" | "stop";

async function sendOne(
  access: KaspiAccess,
  store: StoreAtWork,
  preorder: Wanted,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { accountId } = store;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const read = await readOffer(access, store, { sku: preorder.sku, channel: "list" }, signal);
    if (read.kind === "unreadable") return putOff(access, preorder, read.why);
    const { offer: fresh, readAt } = read;
    // Taken last: a read takes any time, and two writes after it could leave as one.
    await accountSlot(access, accountId, "write")(signal);
    const passed = await passGate(access, { accountId, preorder, fresh, readAt });
    if (passed.kind === "read_again") continue;
    if (passed.kind === "busy") break;
    if (passed.kind === "stop") return "stop";
    if (passed.kind === "kept" || !fresh) return "not_sent";
    return send(access, store, { preorder, fresh, passed }, signal);
  }
  return putOff(access, preorder, null);
}

/** The others need not wait for it. */
async function putOff(access: KaspiAccess, { id }: Wanted, why: string | null): Promise<Outcome> {
  await movePreorder(access.db, id, { why, notBefore: later(access.clock(), RETRY_MS) });
  return "not_sent";
}

type Leaving = { preorder: Wanted; fresh: OwnOffer; passed: Extract<Passed, { kind: "pass" }> };

async function send(
  access: KaspiAccess,
  store: StoreAtWork,
  { preorder, fresh, passed }: Leaving,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { accountId, merchantId: merchantUid } = store;
  const { wish, price } = passed;
  const body = preorderChange(fresh, { merchantUid, points: wish.points, price });
  try {
    // The slot was taken before and there is no logging in: little stands between the gate and the wire.
    await onceInCabinet(
      access,
      accountId,
      (cabinet) =>
        throughChannel(access, { name: "prices", of: store.id }, () =>
          changePrice({ ...cabinet, acquireSlot: async () => {} }, { merchantUid, body }),
        ),
      signal,
    );
    const now = access.clock();
    await moveSending(access.db, preorder.id, { sentAt: now, lookAt: later(now, FIRST_LOOK_MS) });
    return "sent";
  } catch (error) {
    return afterFailure(access, store, { preorder, passed, error }, signal);
  }
}

/** What certainly did not arrive is wanted again; what may have arrived is read back first. */
async function afterFailure(
  access: KaspiAccess,
  store: StoreAtWork,
  { preorder, passed, error }: Pick<Leaving, "preorder" | "passed"> & { error: unknown },
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { db, clock } = access;
  if (wasNotAsked(error)) {
    await db.transaction(async (tx) => {
      await takeWriteBack(tx, preorder.id, passed);
      await returnUnused(tx, store.accountId, passed.sendingAt);
    });
    throw error;
  }
  if (isAppError(error, "kaspi_throttled")) {
    const notBefore = await stayAway(access, store, error);
    await takeWriteBack(db, preorder.id, passed);
    await deferWanted(db, store.id, { stateReason: "writes_blocked", notBefore });
    return "stop";
  }
  if (isAppError(error, "kaspi_rejected", "kaspi_not_found", "invalid")) {
    await db.transaction(async (tx) => {
      const row = await lockLooked(tx, preorder.id);
      if (!row?.sendingAt) return;
      await movePreorder(tx, row.id, passed.had);
      await refusePreorder(tx, row, "kaspi_refused", clock());
    });
    return "not_sent";
  }
  if (isAppError(error, "kaspi_session_expired", "kaspi_address_refused"))
    await takeWriteBack(db, preorder.id, passed);
  if (isAppError(error, "kaspi_session_expired") && (await heedForbidden(access, store, signal)))
    return "stop";
  log.warn({ err: error, preorder: preorder.id }, "preorder not surely sent");
  throw error;
}
