import { beginLogin, type FinishedLogin, type LoginStep } from "@/lib/accounts/begin-login";
import type { Asker, LoginReplied, LoginRequest } from "@/lib/accounts/model";
import { endPending } from "@/lib/accounts/pending-queries";
import { forgetEmptyAccounts, saveSession, upsertAccount } from "@/lib/accounts/queries";
import { replyToLogin } from "@/lib/accounts/reply-to-login";
import { loginSlot } from "@/lib/accounts/slots";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError, isAppError } from "@/lib/core/errors";
import { loginLabel } from "@/lib/core/login-label";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { noteAnswer } from "@/lib/exits/channels";
import { keepToWay } from "@/lib/exits/way";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { listMerchants, merchantName } from "@/lib/kaspi/merchants";
import { type City, listPickupPoints } from "@/lib/kaspi/pickup-points";
import { type CabinetSession, saveSession as cookiesOf, openCabinet } from "@/lib/kaspi/session";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import { openRun } from "@/lib/runs/queries";
import { claimStore, officialMerchants, savePoints } from "./claim-queries";
import type { ConnectedStore, ConnectResult, ConnectStep } from "./model";
import { endLoginWaits } from "./rest-queries";

/** `cities` null: nobody could read the points, or nobody may. */
type Merchant = {
  uid: string;
  /** What a store of the official interface only is called here; null for all others. */
  officialAs: string | null;
  name: string | null;
  cities: City[] | null;
};

/** `by`: who does it, and is named in the audit, when it is not the caller: an owner may act as somebody else. */
type Connecting = { by?: string; signal?: AbortSignal | undefined };

/**
 * Logs in to Kaspi; when that is all it takes, makes every merchant of the login a store of the caller
 * and starts their first sync. Throws as `beginLogin`, and `conflict` when every merchant belongs to
 * somebody else.
 */
export async function beginConnecting(
  access: KaspiAccess,
  caller: Caller,
  request: LoginRequest,
  { by = caller.id, signal }: Connecting = {},
): Promise<ConnectStep> {
  requirePermission(caller, "change_store");
  const asker = { userId: caller.id, by };
  const step = await beginLogin(access, asker, request, signal);
  return connectOrWait(access, asker, step, signal);
}

/** Goes on with a login that waits. Throws as `replyToLogin`, and `conflict`. */
export async function goOnConnecting(
  access: KaspiAccess,
  caller: Caller,
  replied: LoginReplied,
  { by = caller.id, signal }: Connecting = {},
): Promise<ConnectStep> {
  requirePermission(caller, "change_store");
  const asker = { userId: caller.id, by };
  const step = await replyToLogin(access, asker, replied, signal);
  return connectOrWait(access, asker, step, signal);
}

async function connectOrWait(
  access: KaspiAccess,
  asker: Asker,
  step: LoginStep,
  signal: AbortSignal | undefined,
): Promise<ConnectStep> {
  if (step.kind !== "done") return step;
  try {
    return { kind: "done", result: await connectStores(access, asker, step, signal) };
  } catch (error) {
    // Asked again, the same shops would be somebody else's again: nothing is kept for it.
    if (isAppError(error, "conflict")) await endPending(access.db, asker.userId, step.login);
    throw error;
  }
}

async function connectStores(
  access: KaspiAccess,
  asker: Asker,
  login: FinishedLogin,
  signal: AbortSignal | undefined,
): Promise<ConnectResult> {
  const cabinet = openCabinet({
    transport: login.way.transport,
    session: login.session,
    acquireSlot: loginSlot(access, login.login),
    ...(signal && { signal }),
  });
  const merchants = await describeMerchants(access, asker, cabinet);
  const now = access.clock();
  const connected = await access.db.transaction(async (tx) => {
    const session = { ...login, session: cookiesOf(cabinet) };
    const accountId = await saveAccount(tx, access, asker, session, now);
    const result: ConnectResult = { stores: [], refused: [] };
    // Everybody claims merchants in one order: two logins may share some.
    for (const merchant of merchants.toSorted((a, b) => a.uid.localeCompare(b.uid))) {
      const store = await takeStore(tx, asker, accountId, merchant, now);
      if (store) result.stores.push(store);
      else result.refused.push({ merchantId: merchant.uid, name: merchant.name ?? merchant.uid });
    }
    if (result.stores.length === 0) throw new AppError("conflict", "merchants_taken");
    await forgetEmptyAccounts(tx, asker.userId, now);
    return { accountId, result };
  });
  const storeIds = connected.result.stores.map(({ storeId }) => storeId);
  // Apart from the claim: a price is locked before its store.
  await endLoginWaits(access.db, storeIds);
  await keepToWay(access, connected.accountId, login.way);
  for (const name of ["login", "session"] as const)
    await noteAnswer(access, { name, of: connected.accountId }, null);
  const pointsRead = merchants
    .filter(({ cities }) => cities !== null && cities.length > 0)
    .map(({ uid }) => uid);
  for (const { storeId, merchantId } of connected.result.stores)
    if (pointsRead.includes(merchantId))
      await noteAnswer(access, { name: "points", of: storeId }, null);
  return connected.result;
}

/** The login itself: its session, its password if it may be kept, and nothing that still waits. */
async function saveAccount(
  tx: Tx,
  { vault }: KaspiAccess,
  { userId, by }: Asker,
  { login, chosenMerchant, password, session, method }: FinishedLogin,
  now: Date,
): Promise<string> {
  const kept = password === null ? null : vault.seal(password);
  const accountId = await upsertAccount(tx, { userId, login, chosenMerchant, password: kept });
  await saveSession(tx, accountId, { cookies: vault.seal(session.cookies), method }, now);
  await endPending(tx, userId, login);
  const details = { login: loginLabel(login), method, keepsPassword: kept !== null };
  const connected = { action: "account.connected", subjectId: accountId, details } as const;
  await audit(tx, { at: now, userId: by, ...connected });
  return accountId;
}

async function takeStore(
  tx: Tx,
  asker: Asker,
  accountId: string,
  merchant: Merchant,
  now: Date,
): Promise<ConnectedStore | null> {
  const claim = await claimStore(
    tx,
    { ...asker, accountId, merchantId: merchant.uid, name: merchant.name },
    now,
  );
  if (!claim) return null;
  const { storeId } = claim;
  const name = merchant.officialAs ?? merchant.name ?? merchant.uid;
  const store = { ...claim, merchantId: merchant.uid, name };
  if (merchant.officialAs) return store;
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
  const run = await openRun(tx, { kind: "sync", storeId, userId: asker.by });
  if (run.isNew) await emit(tx, [events.syncRequested.create({ storeId, runId: run.id })]);
  return store;
}

/** Of a store of the official interface only nothing is asked, though the login knows it. */
async function describeMerchants(
  { db }: KaspiAccess,
  { userId }: Asker,
  cabinet: CabinetSession,
): Promise<Merchant[]> {
  const listed = await listMerchants(cabinet);
  if (listed.length === 0) throw new AppError("kaspi_rejected", "login_no_merchants");
  const uids = listed.map(({ uid }) => uid);
  const official = await officialMerchants(db, userId, uids);
  const merchants: Merchant[] = [];
  for (const uid of uids) {
    const officialAs = official.get(uid) ?? null;
    const read = officialAs ? { name: null, cities: null } : await described(cabinet, uid);
    merchants.push({ uid, officialAs, ...read });
  }
  return merchants;
}

async function described(cabinet: CabinetSession, uid: string) {
  return {
    name: await unlessUnreadable(merchantName(cabinet, uid), null),
    cities: await unlessUnreadable(listPickupPoints(cabinet, uid), null),
  };
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
