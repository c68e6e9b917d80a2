import { AppError } from "@/lib/core/errors";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import type { Way } from "@/lib/exits/way";
import { browserLogin } from "@/lib/kaspi/browser-login";
import { startDeadline } from "@/lib/kaspi/deadline";
import { directLogin } from "@/lib/kaspi/direct-login";
import {
  type BrokenOff,
  type Credentials,
  goOnLoggingIn,
  type LoginFlow,
  type LoginMethod,
  type LoginOptions,
  type LoginOutcome,
  type LoginReply,
  logIn,
  type PendingLogin,
} from "@/lib/kaspi/log-in";
import { endLoginLease, LOGIN_LEASE_MS, takeLoginLease } from "./login-queries";

const POLL_MS = SECOND;
/** Longer than any one login takes: a job that comes after so many is told to come again. */
const LONGEST_WAIT_MS = LOGIN_LEASE_MS + MINUTE;
/** Nobody sits before a page that long. */
export const PERSONS_PATIENCE_MS = 30 * SECOND;
/** A little less than the lease. */
const LONGEST_MS = LOGIN_LEASE_MS - 10 * SECOND;

/**
 * One attempt at Kaspi's login: direct, and through a browser when the direct calls are refused by address;
 * or by the one `method` that is wanted. Throws `unavailable` when that is a browser and there is none.
 */
export async function attemptLogin(
  access: KaspiAccess,
  way: Way,
  credentials: Credentials,
  signal?: AbortSignal,
  method?: LoginMethod,
): Promise<LoginOutcome> {
  const meant = flows(access, way).filter((flow) => method === undefined || flow.method === method);
  if (meant.length === 0) throw new AppError("unavailable", "browser_failed");
  return logIn(meant, credentials, unpaced(signal));
}

/** The next step of a login that waits, whoever began it. */
export function attemptReply(
  access: KaspiAccess,
  way: Way,
  pending: PendingLogin,
  reply: LoginReply,
  signal?: AbortSignal,
): Promise<LoginOutcome | BrokenOff> {
  return goOnLoggingIn(flows(access, way), pending, reply, unpaced(signal));
}

function flows({ hosts, chromiumPath }: KaspiAccess, { transport, browser }: Way): LoginFlow[] {
  const direct = directLogin(transport);
  if (!chromiumPath || browser.kind !== "ok") return [direct];
  const { proxyUrl, identity } = browser;
  return [direct, browserLogin({ hosts, executablePath: chromiumPath, proxyUrl, identity })];
}

/** Logins are paced by the login's lease and by Kaspi's own break times, not by slots. */
function unpaced(signal: AbortSignal | undefined): LoginOptions {
  return { acquireSlot: async () => {}, ...(signal && { signal }) };
}

type Turn<T> = {
  /** Asked before each try for the turn: an answer ends the wait, a throw gives it up. */
  look: () => Promise<T | null>;
  /** Gets a signal that fires before the lease runs out, too. */
  work: (signal: AbortSignal) => Promise<T>;
  signal: AbortSignal | undefined;
  /** How long to wait for the turn; longer than any login takes when it is not given. */
  patienceMs?: number;
};

/**
 * Runs `work` while nobody else logs in with this Kaspi login, whichever process or person it is:
 * parallel logins end in a flood ban. Throws `kaspi_timeout` for work that is not done in time, and
 * `unavailable` when the turn does not come.
 */
export async function oneLoginAtATime<T>(
  access: KaspiAccess,
  login: string,
  turn: Turn<T>,
): Promise<T> {
  const { db, clock } = access;
  const enough = later(clock(), turn.patienceMs ?? LONGEST_WAIT_MS);
  for (;;) {
    const known = await turn.look();
    if (known !== null) return known;
    const lease = await takeLoginLease(db, login, clock());
    if (lease) return inTime(turn).finally(() => endLoginLease(db, login, lease));
    if (clock() >= enough)
      throw new AppError("unavailable", "login_busy", { retryAfterMs: MINUTE });
    await access.sleep(POLL_MS, turn.signal);
  }
}

async function inTime<T>({ look, work, signal }: Turn<T>): Promise<T> {
  const deadline = startDeadline(LONGEST_MS, signal);
  try {
    // Between our last look and our lease another may have logged in and gone.
    return (await look()) ?? (await work(deadline.signal));
  } catch (error) {
    signal?.throwIfAborted();
    throw deadline.passed() ? new AppError("kaspi_timeout") : error;
  } finally {
    deadline.stop();
  }
}
