import { AppError, isAppError } from "@/lib/core/errors";
import { isPhone } from "@/lib/core/login-label";
import { SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel } from "@/lib/exits/channels";
import { opened } from "@/lib/exits/opened";
import { cabinetWay, type Way } from "@/lib/exits/way";
import type { Credentials, LoginOutcome } from "@/lib/kaspi/log-in";
import { listMerchants } from "@/lib/kaspi/merchants";
import { openCabinet } from "@/lib/kaspi/session";
import { log } from "@/lib/log";
import { fingerprintOf } from "./fingerprint";
import { giveUp, heedBreak, setBack } from "./heed-break";
import { holdLogin } from "./hold-login";
import { attemptLogin, attemptReply, oneLoginAtATime } from "./log-in";
import { loginError, setbackOf } from "./login-outcome";
import { isLoginUnderWay } from "./pending-queries";
import {
  accountById,
  type KaspiAccount,
  type StoredSession,
  saveRenewed,
  storedSession,
} from "./queries";
import { accountSlot } from "./slots";

/** While a person logs in with this name, another login would take their code away. */
const PERSON_MS = 30 * SECOND;

/**
 * A living session in place of the one saved at `deadSince`. Another process may be logging in: then
 * this one waits for its result instead of logging in too. Throws without asking Kaspi while the login
 * has a break: after a refusal, after trouble on the way, and when what has died we opened ourselves a
 * moment ago.
 */
export async function renewSession(
  access: KaspiAccess,
  accountId: string,
  deadSince: Date | null,
  signal?: AbortSignal,
): Promise<StoredSession> {
  const { login } = await accountById(access.db, accountId);
  const look = async () => {
    // Before its session: whoever logs in between is seen by one of the two.
    const account = await accountById(access.db, accountId);
    const saved = await storedSession(access.db, accountId);
    // Another one, not a later one: the clocks of two machines differ.
    if (saved && saved.savedAt.getTime() !== deadSince?.getTime()) return saved;
    if (account.session === "needs_reauth")
      return await giveUp(access, account, account.reauthReason ?? "login_refused");
    // Said at once, whatever else goes on with this name: only its person can help.
    if (account.password === null) return await giveUp(access, account, withoutPassword(login));
    await heedBreak(access, account, saved);
    if (await isLoginUnderWay(access.db, login, access.clock()))
      throw new AppError("unavailable", "login_under_way", { retryAfterMs: PERSON_MS });
    return null;
  };
  const work = (inTime: AbortSignal) => logInAgain(access, accountId, inTime, signal);
  return oneLoginAtATime(access, login, { look, work, signal });
}

const withoutPassword = (login: string) => (isPhone(login) ? "sms_only" : "no_password");

async function logInAgain(
  access: KaspiAccess,
  accountId: string,
  inTime: AbortSignal,
  asker: AbortSignal | undefined,
): Promise<StoredSession> {
  const account = await accountById(access.db, accountId);
  const password = account.password && opened(access.vault, account.password);
  if (password === null) return await giveUp(access, account, withoutPassword(account.login));
  const credentials = { email: account.login, password };
  const way = await cabinetWay(access, accountId);
  const outcome = await throughChannel(
    access,
    { name: "login", of: accountId },
    () => logInAsBefore(access, way, account, credentials, inTime),
    (answer) => (answer.kind === "refused" ? loginError(answer).kind : null),
  ).catch(async (error: unknown) => {
    // The password may have been taken: without a break the next of dozens of jobs would send it again.
    if (!asker?.aborted && !isAppError(error, "official_only"))
      await setBack(access, account, { by: "trouble", askedMs: null });
    throw error;
  });
  log.info({ account: accountId, outcome: outcome.kind }, "login renewed");
  if (outcome.kind === "other_shop") return await giveUp(access, account, "choice_required");
  if (outcome.kind === "connected") {
    const cookies = access.vault.seal(outcome.session.cookies);
    const savedAt = access.clock();
    await saveRenewed(access.db, account, { cookies, method: outcome.method }, savedAt);
    return { cookies, savedAt, isRenewal: true };
  }
  return refuse(access, account, { credentials, exitId: way.exitId }, outcome);
}

type Entered = LoginOutcome | { kind: "other_shop" };

/**
 * Where Kaspi asks for the shop, it is told the one chosen when the login was connected; where it asks
 * no more, it may have let us into another.
 */
async function logInAsBefore(
  access: KaspiAccess,
  way: Way,
  account: KaspiAccount,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Entered> {
  const { id, chosenMerchant: uid } = account;
  const outcome = await attemptLogin(access, way, credentials, signal);
  if (uid === "") return outcome;
  if (outcome.kind === "choose_merchant") {
    const chosen = { kind: "merchant", uid } as const;
    const entered = await attemptReply(access, way, outcome.pending, chosen, signal);
    if (entered.kind === "broken_off") throw entered.error;
    return entered;
  }
  if (outcome.kind !== "connected") return outcome;
  const { transport } = way;
  const acquireSlot = accountSlot(access, id, "read");
  const cabinet = openCabinet({ transport, session: outcome.session, acquireSlot, signal });
  const shops = await listMerchants(cabinet);
  return shops.some((shop) => shop.uid === uid) ? outcome : { kind: "other_shop" };
}

async function refuse(
  access: KaspiAccess,
  account: KaspiAccount,
  typed: { credentials: Credentials; exitId: string },
  outcome: Exclude<LoginOutcome, { kind: "connected" }>,
): Promise<never> {
  if (outcome.kind !== "refused") {
    // The code is sent already: whoever comes to log in need not wait for another.
    const fingerprint = fingerprintOf(typed.credentials);
    await holdLogin(access, { ...asksAs(account), ...typed, fingerprint }, outcome);
    const isCode = outcome.kind === "code_required";
    return await giveUp(access, account, isCode ? "code_required" : "choice_required");
  }
  const setback = setbackOf(outcome);
  if (setback === null)
    return await giveUp(
      access,
      account,
      outcome.why === "credentials" ? "password_wrong" : "login_refused",
    );
  const pause = await setBack(access, account, setback);
  throw loginError(outcome, pause.until.getTime() - access.clock().getTime());
}

const asksAs = ({ userId, login, chosenMerchant }: KaspiAccount) => ({
  userId,
  login,
  chosenMerchant,
});
