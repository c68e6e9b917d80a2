import { AppError, isAppError } from "@/lib/core/errors";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel } from "@/lib/exits/channels";
import type { LoginOutcome } from "@/lib/kaspi/log-in";
import { type CabinetSession, saveSession as cookiesOf, openCabinet } from "@/lib/kaspi/session";
import { log } from "@/lib/log";
import { attemptLogin, oneLoginAtATime } from "./log-in";
import type { LoginBreak, ReauthReason } from "./model";
import {
  accountById,
  type KaspiAccount,
  markNeedsReauth,
  markWaiting,
  refreshCookies,
  type StoredSession,
  saveSession,
  storedSession,
} from "./queries";
import { accountSlot } from "./slots";

/** Kaspi's break times are exact to the second at best; a little more is safe. */
const BREAK_MARGIN_MS = 15 * SECOND;
/** When Kaspi names no time. Dozens of jobs want the session, and each would try to log in. */
const OWN_BREAK_MS = 2 * MINUTE;

type Work<T> = (cabinet: CabinetSession) => Promise<T>;

/**
 * Runs `work` in the account's cabinet. When the session has died it is renewed once with the stored
 * password, under a lock across processes, and the work is repeated once. Throws `needs_reauth` when
 * only a person can help; network trouble is never taken for a dead session.
 */
export async function inCabinet<T>(
  access: KaspiAccess,
  accountId: string,
  work: Work<T>,
  signal?: AbortSignal,
): Promise<T> {
  const session =
    (await storedSession(access.db, accountId)) ??
    (await renewSession(access, accountId, null, signal));
  try {
    return await runWith(access, accountId, session, work, signal);
  } catch (error) {
    if (!isAppError(error, "kaspi_session_expired")) throw error;
    const renewed = await renewSession(access, accountId, session.savedAt, signal);
    return runWith(access, accountId, renewed, work, signal);
  }
}

/**
 * The same without the renewal, for what must not be repeated without a look at what it rests on.
 * Throws `kaspi_session_expired` when the session has died.
 */
export async function onceInCabinet<T>(
  access: KaspiAccess,
  accountId: string,
  work: Work<T>,
  signal?: AbortSignal,
): Promise<T> {
  const session = await storedSession(access.db, accountId);
  if (!session) throw new AppError("kaspi_session_expired");
  return runWith(access, accountId, session, work, signal);
}

async function runWith<T>(
  access: KaspiAccess,
  accountId: string,
  session: StoredSession,
  work: Work<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const cookies = access.vault.open(session.cookies);
  const cabinet = openCabinet({
    transport: access.transport(null),
    session: { cookies },
    acquireSlot: accountSlot(access, accountId, "read"),
    ...(signal && { signal }),
  });
  const result = await work(cabinet);
  const after = cookiesOf(cabinet).cookies;
  if (after !== cookies)
    await refreshCookies(access.db, accountId, session, access.vault.seal(after));
  return result;
}

/**
 * A living session in place of the one saved at `deadSince`. Another process may be logging in: then
 * this one waits for its result instead of logging in too.
 */
export async function renewSession(
  access: KaspiAccess,
  accountId: string,
  deadSince: Date | null,
  signal?: AbortSignal,
): Promise<StoredSession> {
  const { login } = await accountById(access.db, accountId);
  const look = async () => {
    const saved = await savedSince(access, accountId, deadSince);
    if (saved) return saved;
    const account = await accountById(access.db, accountId);
    if (account.session === "needs_reauth")
      return await giveUp(access, account, account.reauthReason ?? "login_refused");
    refuseDuringBreak(account, access.clock());
    return null;
  };
  const renew = () => logInAgain(access, accountId, signal);
  return oneLoginAtATime(access, login, { look, work: renew, signal });
}

async function savedSince(
  access: KaspiAccess,
  accountId: string,
  deadSince: Date | null,
): Promise<StoredSession | null> {
  const saved = await storedSession(access.db, accountId);
  return saved && (deadSince === null || saved.savedAt > deadSince) ? saved : null;
}

/** Throws while Kaspi wants no login of this account: asking again prolongs a ban. */
export function refuseDuringBreak(account: KaspiAccount, now: Date): void {
  const retryAfterMs = (account.loginBlockedUntil?.getTime() ?? 0) - now.getTime();
  if (retryAfterMs <= 0) return;
  if (account.loginBlockedBy === "address")
    throw new AppError("kaspi_address_refused", "login_address_refused", { retryAfterMs });
  throw new AppError("kaspi_flood", "kaspi_flood", { retryAfterMs });
}

async function logInAgain(
  access: KaspiAccess,
  accountId: string,
  signal: AbortSignal | undefined,
): Promise<StoredSession> {
  const account = await accountById(access.db, accountId);
  if (account.password === null) return await giveUp(access, account, "no_password");
  const credentials = { email: account.login, password: access.vault.open(account.password) };
  const outcome = await throughChannel(
    access,
    { name: "login", of: accountId },
    () => attemptLogin(access, credentials, signal),
    (answer) => (answer.kind === "connected" ? null : loginError(answer).kind),
  );
  log.info({ account: accountId, outcome: outcome.kind }, "login renewed");
  const now = access.clock();
  if (outcome.kind === "connected") {
    const cookies = access.vault.seal(outcome.session.cookies);
    await saveSession(access.db, accountId, { cookies, method: outcome.method }, now);
    return { cookies, savedAt: now };
  }
  const pause = breakAfter(outcome, now);
  if (pause === null) return await giveUp(access, account, reauthReason(outcome));
  await access.db.transaction((tx) => markWaiting(tx, account, pause));
  throw loginError(outcome);
}

/** What a refusal that passes by itself asks us to wait; null for one that does not. */
export function breakAfter(outcome: LoginOutcome, now: Date): LoginBreak | null {
  if (outcome.kind !== "refused" || (outcome.why !== "flood" && outcome.why !== "address"))
    return null;
  const { why: by, breakTimeMs } = outcome;
  const ms = breakTimeMs === null ? OWN_BREAK_MS : breakTimeMs + BREAK_MARGIN_MS;
  return { by, until: later(now, ms) };
}

async function giveUp(
  access: KaspiAccess,
  account: KaspiAccount,
  reason: ReauthReason,
): Promise<never> {
  await access.db.transaction((tx) => markNeedsReauth(tx, account, reason, access.clock()));
  throw new AppError("needs_reauth", `reauth_${reason}`);
}

function reauthReason(outcome: Exclude<LoginOutcome, { kind: "connected" }>): ReauthReason {
  if (outcome.kind === "code_required") return "code_required";
  if (outcome.kind === "refused" && outcome.why === "credentials") return "password_wrong";
  return "login_refused";
}

/** What a login that did not succeed means to the one who asked. */
export function loginError(outcome: Exclude<LoginOutcome, { kind: "connected" }>): AppError {
  if (outcome.kind === "code_required")
    return new AppError("kaspi_rejected", "login_code_required");
  if (outcome.kind === "choose_merchant")
    return new AppError("kaspi_rejected", "login_choose_merchant");
  switch (outcome.why) {
    case "credentials":
      return new AppError("kaspi_credentials");
    case "flood":
      return new AppError("kaspi_flood", "kaspi_flood", {
        retryAfterMs: outcome.breakTimeMs ?? 60 * SECOND,
      });
    case "permissions":
      return new AppError("kaspi_rejected", "login_permissions");
    case "no_merchants":
      return new AppError("kaspi_rejected", "login_no_merchants");
    case "address":
      return new AppError("kaspi_address_refused", "login_address_refused");
    default:
      return new AppError("kaspi_rejected", "login_refused", {
        params: { code: outcome.code ?? "—" },
      });
  }
}
