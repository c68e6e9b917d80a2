import { AppError } from "@/lib/core/errors";
import { isPhone } from "@/lib/core/login-label";
import { SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel } from "@/lib/exits/channels";
import { cabinetWay, type Way } from "@/lib/exits/way";
import type { Credentials, LoginOutcome } from "@/lib/kaspi/log-in";
import { log } from "@/lib/log";
import { type Asking, holdLogin } from "./hold-login";
import { attemptLogin, attemptReply, oneLoginAtATime } from "./log-in";
import { breakAfter, loginError, refuseDuringBreak } from "./login-outcome";
import { breakOfLogin } from "./login-queries";
import type { ReauthReason } from "./model";
import { isLoginUnderWay } from "./pending-queries";
import {
  accountById,
  type KaspiAccount,
  markNeedsReauth,
  markWaiting,
  renewed,
  type StoredSession,
  storedSession,
} from "./queries";

/** While a person logs in with this name, another login would take their code away. */
const PERSON_MS = 30 * SECOND;

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
    await refuseNow(access, login);
    return null;
  };
  const renew = (inTime: AbortSignal) => logInAgain(access, accountId, inTime);
  return oneLoginAtATime(access, login, { look, work: renew, signal });
}

async function savedSince(
  access: KaspiAccess,
  accountId: string,
  deadSince: Date | null,
): Promise<StoredSession | null> {
  const saved = await storedSession(access.db, accountId);
  // Another one, not a later one: the clocks of two machines differ.
  return saved && saved.savedAt.getTime() !== deadSince?.getTime() ? saved : null;
}

async function refuseNow(access: KaspiAccess, login: string): Promise<void> {
  const now = access.clock();
  refuseDuringBreak(await breakOfLogin(access.db, login, now), now);
  if (await isLoginUnderWay(access.db, login, now))
    throw new AppError("unavailable", "login_under_way", { retryAfterMs: PERSON_MS });
}

async function logInAgain(
  access: KaspiAccess,
  accountId: string,
  signal: AbortSignal,
): Promise<StoredSession> {
  const account = await accountById(access.db, accountId);
  if (account.password === null)
    return await giveUp(access, account, isPhone(account.login) ? "sms_only" : "no_password");
  const credentials = { email: account.login, password: access.vault.open(account.password) };
  const way = await cabinetWay(access, accountId);
  const outcome = await throughChannel(
    access,
    { name: "login", of: accountId },
    () => logInAsBefore(access, way, account, credentials, signal),
    (answer) => (answer.kind === "refused" ? loginError(answer).kind : null),
  );
  log.info({ account: accountId, outcome: outcome.kind }, "login renewed");
  if (outcome.kind === "connected") {
    const cookies = access.vault.seal(outcome.session.cookies);
    const now = access.clock();
    await renewed(access.db, account, { cookies, method: outcome.method }, now);
    return { cookies, savedAt: now };
  }
  return refuse(access, account, { credentials, exitId: way.exitId }, outcome);
}

/** Where Kaspi asks for the shop, it is told the one chosen when the login was connected. */
async function logInAsBefore(
  access: KaspiAccess,
  way: Way,
  { chosenMerchant: uid }: KaspiAccount,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<LoginOutcome> {
  const outcome = await attemptLogin(access, way, credentials, signal);
  if (outcome.kind !== "choose_merchant" || uid === "") return outcome;
  return attemptReply(access, way, outcome.pending, { kind: "merchant", uid }, signal);
}

async function refuse(
  access: KaspiAccess,
  account: KaspiAccount,
  typed: Pick<Asking, "credentials" | "exitId">,
  outcome: Exclude<LoginOutcome, { kind: "connected" }>,
): Promise<never> {
  if (outcome.kind !== "refused") {
    // The code is sent already: whoever comes to log in need not wait for another.
    await holdLogin(access, { ...asksAs(account), ...typed }, outcome);
    const isCode = outcome.kind === "code_required";
    return await giveUp(access, account, isCode ? "code_required" : "choice_required");
  }
  const pause = breakAfter(outcome, access.clock());
  if (pause === null)
    return await giveUp(
      access,
      account,
      outcome.why === "credentials" ? "password_wrong" : "login_refused",
    );
  await access.db.transaction((tx) => markWaiting(tx, account, pause));
  throw loginError(outcome);
}

const asksAs = ({ userId, login, chosenMerchant }: KaspiAccount) => ({
  userId,
  login,
  chosenMerchant,
});

async function giveUp(
  access: KaspiAccess,
  account: KaspiAccount,
  reason: ReauthReason,
): Promise<never> {
  await access.db.transaction((tx) => markNeedsReauth(tx, account, reason, access.clock()));
  throw new AppError("needs_reauth", `reauth_${reason}`);
}
