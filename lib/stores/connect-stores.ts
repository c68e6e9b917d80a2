import { breakAfter, loginError, refuseDuringBreak } from "@/lib/accounts/cabinet";
import { attemptLogin, oneLoginAtATime } from "@/lib/accounts/log-in";
import type { KaspiCredentials } from "@/lib/accounts/model";
import { accountOfLogin, blockLogin, saveSession, upsertAccount } from "@/lib/accounts/queries";
import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { noteAnswer } from "@/lib/exits/channels";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import type { LoginOutcome } from "@/lib/kaspi/log-in";
import { listMerchants, merchantName } from "@/lib/kaspi/merchants";
import { type City, listPickupPoints } from "@/lib/kaspi/pickup-points";
import { type CabinetSession, saveSession as cookiesOf, openCabinet } from "@/lib/kaspi/session";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import { openRun } from "@/lib/runs/queries";
import { claimStore, savePoints } from "./claim-queries";
import type { ConnectedStore, ConnectResult } from "./model";

type Connected = Extract<LoginOutcome, { kind: "connected" }>;

/** `cities` null: nobody could read the points. */
type Merchant = { uid: string; name: string | null; cities: City[] | null };

/**
 * Logs in to Kaspi, makes every merchant of the login a store of the caller and starts their first
 * sync. Throws `kaspi_credentials` (at once), `kaspi_flood`, `kaspi_address_refused`,
 * `kaspi_unreachable`; `conflict` when every merchant belongs to somebody else.
 */
export async function connectStores(
  access: KaspiAccess,
  caller: Caller,
  credentials: KaspiCredentials,
  signal?: AbortSignal,
): Promise<ConnectResult> {
  const outcome = await logInNow(access, caller, credentials, signal);
  const cabinet = openCabinet({
    transport: access.transport(null),
    session: outcome.session,
    acquireSlot: async () => {},
    ...(signal && { signal }),
  });
  const merchants = await describeMerchants(cabinet);
  const now = access.clock();
  const connected = await access.db.transaction(async (tx) => {
    const password = access.vault.seal(credentials.password);
    const accountId = await upsertAccount(tx, caller.id, credentials.email, password);
    const cookies = access.vault.seal(cookiesOf(cabinet).cookies);
    await saveSession(tx, accountId, { cookies, method: outcome.method }, now);
    const result: ConnectResult = { stores: [], refused: [] };
    // Everybody claims merchants in one order: two logins may share some.
    for (const merchant of merchants.toSorted((a, b) => a.uid.localeCompare(b.uid))) {
      const store = await takeStore(tx, caller, accountId, merchant, now);
      if (store) result.stores.push(store);
      else result.refused.push({ merchantId: merchant.uid, name: merchant.name ?? merchant.uid });
    }
    if (result.stores.length === 0) throw new AppError("conflict", "merchants_taken");
    return { accountId, result };
  });
  await noteAnswer(access, { name: "login", of: connected.accountId }, null);
  const pointsRead = merchants
    .filter(({ cities }) => cities !== null && cities.length > 0)
    .map(({ uid }) => uid);
  for (const { storeId, merchantId } of connected.result.stores)
    if (pointsRead.includes(merchantId))
      await noteAnswer(access, { name: "points", of: storeId }, null);
  return connected.result;
}

/** A login of a person, who waits for their turn like everybody else. */
async function logInNow(
  access: KaspiAccess,
  caller: Caller,
  credentials: KaspiCredentials,
  signal: AbortSignal | undefined,
): Promise<Connected> {
  const account = () => accountOfLogin(access.db, caller.id, credentials.email);
  const look = async () => {
    const known = await account();
    // A refused address may have been mended by the very person who asks.
    if (known?.loginBlockedBy === "flood") refuseDuringBreak(known, access.clock());
    return null;
  };
  const work = async () => {
    const outcome = await attemptLogin(access, credentials, signal);
    if (outcome.kind === "connected") return outcome;
    const pause = breakAfter(outcome, access.clock());
    const known = pause && (await account());
    if (known) await blockLogin(access.db, known.id, pause);
    throw loginError(outcome);
  };
  return oneLoginAtATime(access, credentials.email, { look, work, signal });
}

async function takeStore(
  tx: Tx,
  caller: Caller,
  accountId: string,
  merchant: Merchant,
  now: Date,
): Promise<ConnectedStore | null> {
  const claim = await claimStore(
    tx,
    { userId: caller.id, accountId, merchantId: merchant.uid, name: merchant.name },
    now,
  );
  if (!claim) return null;
  const { storeId } = claim;
  const name = merchant.name ?? merchant.uid;
  const { isGuess } = await savePoints(tx, storeId, merchant.cities);
  if (!isGuess) await resolveNotice(tx, "main_city_guessed", storeId, now);
  else {
    const params = { store: name };
    await raiseNotice(tx, {
      kind: "main_city_guessed",
      about: storeId,
      severity: "warning",
      storeId,
      params,
    });
  }
  const run = await openRun(tx, { kind: "sync", storeId, userId: caller.id });
  if (run.isNew) await emit(tx, [events.syncRequested.create({ storeId, runId: run.id })]);
  return { ...claim, merchantId: merchant.uid, name };
}

async function describeMerchants(cabinet: CabinetSession): Promise<Merchant[]> {
  const merchants: Merchant[] = [];
  for (const { uid } of await listMerchants(cabinet))
    merchants.push({
      uid,
      name: await unlessUnreadable(merchantName(cabinet, uid), null),
      cities: await unlessUnreadable(listPickupPoints(cabinet, uid), null),
    });
  if (merchants.length === 0) throw new AppError("kaspi_rejected", "login_no_merchants");
  return merchants;
}

/** A store without a readable name or points can still be connected: it gets its id, and a question about its city. */
async function unlessUnreadable<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (isAppError(error, "kaspi_malformed", "kaspi_rejected", "kaspi_not_found")) return otherwise;
    throw error;
  }
}
