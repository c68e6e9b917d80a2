import type { KaspiAccess } from "@/lib/exits/access";
import { cabinetWay, type Way } from "@/lib/exits/way";
import type { Credentials, LoginMethod, LoginOutcome } from "@/lib/kaspi/log-in";
import type { SavedSession } from "@/lib/kaspi/session";
import { noteAttempt } from "./attempt-queries";
import { fingerprintOf } from "./fingerprint";
import { type Asking, holdLogin, sameLoginHeld } from "./hold-login";
import { attemptLogin, oneLoginAtATime, PERSONS_PATIENCE_MS } from "./log-in";
import { loginError, refuseDuringBreak, setbackOf } from "./login-outcome";
import { blockLogin, breakOfLogin } from "./login-queries";
import { type Asker, type LoginRequest, loginOf, type WaitingLogin } from "./model";
import { accountIdOf } from "./queries";

/** A login that has let us in; what may be kept of it. */
export type FinishedLogin = {
  kind: "done";
  login: string;
  /** The shop chosen where Kaspi asked for one, else empty. */
  chosenMerchant: string;
  /** Null when the seller does not want it kept, or there is none. */
  password: string | null;
  session: SavedSession;
  method: LoginMethod;
  /** The way it was entered by, and goes on by. */
  way: Way;
};

export type LoginStep = FinishedLogin | WaitingLogin;

/**
 * A login of a person, who waits for their turn like everybody else. Asking for the same again while
 * it waits for a code sends no other one. Throws `kaspi_credentials` at once, `kaspi_flood`,
 * `kaspi_address_refused`, `kaspi_unreachable`; `rate_limited` for a person who tries too often.
 */
export async function beginLogin(
  access: KaspiAccess,
  { userId, by }: Asker,
  request: LoginRequest,
  signal?: AbortSignal,
): Promise<LoginStep> {
  const credentials = credentialsOf(request);
  const mayKeep = request.by === "phone" || request.keepPassword;
  const login = loginOf(request);
  const fingerprint = fingerprintOf(credentials);
  const asking = { userId, login, credentials: mayKeep ? credentials : null, fingerprint };
  const work = async (inTime: AbortSignal) => {
    await noteAttempt(access.db, { userId, by }, login, access.clock());
    const way = await cabinetWay(access, await accountIdOf(access.db, userId, login));
    const outcome = await attemptLogin(access, way, credentials, inTime, methodOf(request));
    const { exitId } = way;
    return settleLogin(access, { ...asking, exitId, chosenMerchant: "" }, way, outcome);
  };
  return oneLoginAtATime<LoginStep>(access, login, {
    look: async () =>
      (await sameLoginHeld(access, asking, credentials)) ?? (await orBreak(access, login)),
    work,
    signal,
    patienceMs: PERSONS_PATIENCE_MS,
  });
}

/** Nothing, unless Kaspi keeps us waiting. A refused address may have been mended by the very person who asks. */
async function orBreak(access: KaspiAccess, login: string): Promise<null> {
  const pause = await breakOfLogin(access.db, login, access.clock());
  if (pause?.by === "flood") refuseDuringBreak(pause, access.clock());
  return null;
}

/** What a step has come to, kept for the next one where there is one. A refusal is thrown. */
export async function settleLogin(
  access: KaspiAccess,
  asking: Asking,
  way: Way,
  outcome: LoginOutcome,
  resends = 0,
): Promise<LoginStep> {
  if (outcome.kind === "refused") {
    const now = access.clock();
    const setback = setbackOf(outcome);
    // An address refused to one person says nothing to another, who may have an exit of their own.
    const pause =
      setback?.by === "flood"
        ? await blockLogin(access.db, asking.login, { ...setback, isPersons: true }, now)
        : null;
    throw loginError(outcome, pause ? pause.until.getTime() - now.getTime() : undefined);
  }
  if (outcome.kind !== "connected") return holdLogin(access, asking, outcome, resends);
  const { login, credentials, chosenMerchant } = asking;
  const password = credentials && "password" in credentials ? credentials.password : null;
  const { session, method } = outcome;
  return { kind: "done", login, chosenMerchant, password, session, method, way };
}

const methodOf = (request: LoginRequest) => (request.by === "email" ? request.method : undefined);

function credentialsOf(request: LoginRequest): Credentials {
  return request.by === "phone"
    ? { phone: request.phone }
    : { email: request.email, password: request.password };
}
