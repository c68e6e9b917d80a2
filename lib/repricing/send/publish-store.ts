import { onceInCabinet } from "@/lib/accounts/cabinet";
import { accountSlot } from "@/lib/accounts/slots";
import { type ErrorKind, isAppError } from "@/lib/core/errors";
import { later, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel, wasNotAsked } from "@/lib/exits/channels";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { changePrice } from "@/lib/kaspi/change-price";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { priceChange } from "@/lib/kaspi/price-change-body";
import { log } from "@/lib/log";
import { resolveNotice } from "@/lib/notices/queries";
import { closeAbandonedRuns } from "@/lib/repricing/check/close-run";
import { forgetCarriedOut } from "@/lib/repricing/hold/answer-queries";
import { settleCanary } from "@/lib/repricing/hold/canary";
import { takeBack } from "@/lib/repricing/ledger/ledger-queries";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import type { Store } from "@/lib/stores/queries";
import { withStoreLock } from "@/lib/stores/store-lock";
import { returnBudget } from "./budget-queries";
import { leaveFeed } from "./feed-queries";
import { forgetForbidden, heedForbidden } from "./forbidden-writes";
import { heldBackBy } from "./held-back";
import { passExit } from "./pass-exit";
import { deferPending, expirePending, moveDecision } from "./publish-queries";
import { readOffer } from "./read-offer";
import { nextSendable, type Sendable } from "./sendable-queries";
import { stayAway } from "./stay-away";

/** Sent in one go, under one lock. A killed process leaves at most one price to be read back. */
const BATCH = 10;
/** Kaspi usually shows a change after about 6 s (protocol C1). */
const FIRST_CONFIRMATION_MS = 6 * SECOND;
const RETRY_MS = 30 * SECOND;
/** A row that grows old before it is judged is read again, so often at most. */
const MOST_READS = 3;

type StoreAtWork = Store & { accountId: string };

export type Published = {
  sent: number;
  /** Whether more could leave right now. */
  goesOn: boolean;
};

/**
 * Sends the store's pending prices, a few at a time: each is judged by the exit gate against a row
 * read a moment before, marked `sending`, and only then sent. When Kaspi does not let us, what was
 * not sent stays pending and says why.
 */
export function publishStore(
  access: KaspiAccess,
  storeId: string,
  signal?: AbortSignal,
): Promise<Published> {
  return withStoreLock(storeId, "publish", async () => {
    const store = await storeAtWork(access.db, storeId);
    if (!store) return { sent: 0, goesOn: false };
    await closeAbandonedRuns(access, store);
    await access.db.transaction((tx) => expirePending(tx, storeId, access.clock()));
    await access.db.transaction((tx) => settleCanary(tx, store, access.clock()));
    await access.db.transaction((tx) => leaveFeed(tx, storeId, access.clock()));
    if (await isHeldBack(access, store)) return { sent: 0, goesOn: false };
    return sendBatch(access, store, signal);
  });
}

async function sendBatch(
  access: KaspiAccess,
  store: StoreAtWork,
  signal: AbortSignal | undefined,
): Promise<Published> {
  let sent = 0;
  let goesOn = true;
  try {
    for (let tried = 0; goesOn && tried < BATCH; tried += 1) {
      signal?.throwIfAborted();
      const next = await nextSendable(access.db, store.id, access.clock());
      const outcome = next ? await publishOne(access, store, next, signal) : "stop";
      if (outcome === "sent") sent += 1;
      goesOn = outcome !== "stop";
    }
  } catch (error) {
    await deferAfter(access, store, error);
    goesOn = false;
  } finally {
    if (sent > 0) await forgetForbidden(access, store.id);
    if (sent > 0) await emit(access.db, [events.confirmRequested.create({ storeId: store.id })]);
  }
  return { sent, goesOn };
}

/** Kaspi is not to be reached, or wants a person: everything waits and says why. Surprises are thrown on. */
async function deferAfter(access: KaspiAccess, store: StoreAtWork, error: unknown): Promise<void> {
  if (!isAppError(error)) throw error;
  log.warn({ store: store.id, kind: error.kind, key: error.key }, "prices wait");
  const notBefore = later(access.clock(), error.retryAfterMs ?? RETRY_MS);
  const stateReason = error.key === "no_cabinet_exit" ? error.key : error.kind;
  await deferPending(access.db, store.id, { stateReason, notBefore });
}

/** While everything is held back, each pending price says so. */
async function isHeldBack(access: KaspiAccess, store: StoreAtWork): Promise<boolean> {
  const held = await heldBackBy(access, store);
  if (held) await deferPending(access.db, store.id, held);
  else await resolveNotice(access.db, "writes_blocked", store.accountId, access.clock());
  return held !== null;
}

type Outcome = "sent" | "not_sent" | "stop";

async function publishOne(
  access: KaspiAccess,
  store: StoreAtWork,
  decision: Sendable,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { accountId } = store;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const read = await readOffer(access, store, { sku: decision.sku, channel: "list" }, signal);
    if (read.kind === "unreadable") return putOff(access, decision, read.why);
    const { offer: fresh, readAt } = read;
    // Taken last: a read takes any time, and two writes after it could leave as one.
    await accountSlot(access, accountId, "write")(signal);
    const verdict = await passExit(access, { decision, accountId, fresh, readAt });
    if (verdict.kind === "read_again") continue;
    if (verdict.kind === "busy") break;
    if (verdict.kind === "stop") return "stop";
    if (verdict.kind === "kept" || verdict.kind === "listed" || !fresh) return "not_sent";
    return send(access, store, decision, fresh, verdict.price, signal);
  }
  return putOff(access, decision, null);
}

/** The others need not wait for it. */
async function putOff(
  access: KaspiAccess,
  { id }: Sendable,
  stateReason: ErrorKind | null,
): Promise<Outcome> {
  const notBefore = later(access.clock(), RETRY_MS);
  await moveDecision(access.db, id, ["pending"], { stateReason, notBefore });
  return "not_sent";
}

async function send(
  access: KaspiAccess,
  store: StoreAtWork,
  decision: Sendable,
  fresh: OwnOffer,
  price: NonNullable<Sendable["price"]>,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { accountId, merchantId: merchantUid } = store;
  const leftAt = access.clock();
  const body = priceChange(fresh, { merchantUid, cityId: decision.cityId, price });
  try {
    // The slot was taken before and there is no logging in: little stands between the gate and the wire.
    const { processId } = await onceInCabinet(
      access,
      accountId,
      (cabinet) =>
        throughChannel(access, { name: "prices", of: store.id }, () =>
          changePrice({ ...cabinet, acquireSlot: async () => {} }, { merchantUid, body }),
        ),
      signal,
    );
    const now = access.clock();
    const confirmAt = later(now, FIRST_CONFIRMATION_MS);
    const to = { state: "sent", stateReason: null, sentAt: now, confirmAt } as const;
    await access.db.transaction(async (tx) => {
      await moveDecision(tx, decision.id, ["sending"], { ...to, kaspiProcessId: processId });
      await forgetCarriedOut(tx, decision, leftAt);
    });
    return "sent";
  } catch (error) {
    return afterFailure(access, store, decision, error, signal);
  }
}

/** What certainly did not arrive is pending again; what may have arrived stays `sending` and is read back. */
async function afterFailure(
  access: KaspiAccess,
  store: StoreAtWork,
  decision: Sendable,
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  if (wasNotAsked(error)) {
    await access.db.transaction(async (tx) => {
      await takeBack(tx, decision);
      await returnBudget(tx, decision.id);
    });
    throw error;
  }
  if (isAppError(error, "kaspi_throttled")) {
    const until = await stayAway(access, store, error);
    await access.db.transaction((tx) => takeBack(tx, decision));
    await deferPending(access.db, store.id, { stateReason: "writes_blocked", notBefore: until });
    return "stop";
  }
  if (isAppError(error, "kaspi_rejected", "kaspi_not_found", "invalid")) {
    await moveDecision(access.db, decision.id, ["sending"], {
      state: "rejected",
      stateReason: "kaspi_refused",
      confirmAt: null,
    });
    return "not_sent";
  }
  if (isAppError(error, "kaspi_session_expired", "kaspi_address_refused"))
    await access.db.transaction((tx) => takeBack(tx, decision));
  if (isAppError(error, "kaspi_session_expired") && (await heedForbidden(access, store, signal)))
    return "stop";
  log.warn({ err: error, decision: decision.id }, "price not surely sent");
  throw error;
}
