import { AppError, isAppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { opened } from "@/lib/exits/opened";
import { cabinetWay } from "@/lib/exits/way";
import { type CabinetSession, saveSession as cookiesOf, openCabinet } from "@/lib/kaspi/session";
import { noteClosed } from "./heed-break";
import { postponeReads } from "./pace-queries";
import { refreshCookies, type StoredSession, storedSession } from "./queries";
import { renewSession } from "./renew-session";
import { accountSlot } from "./slots";

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
    await obeyThrottle(access, accountId, error);
    if (!isAppError(error, "kaspi_session_expired")) throw error;
    const renewed = await renewSession(access, accountId, session.savedAt, signal);
    return runWithRenewed(access, accountId, renewed, work, signal);
  }
}

/** A session that is dead right after its renewal is remembered: no other login follows at once. */
async function runWithRenewed<T>(...run: Parameters<typeof runWith<T>>): Promise<T> {
  const [access, accountId, session] = run;
  try {
    return await runWith(...run);
  } catch (error) {
    await obeyThrottle(access, accountId, error);
    if (isAppError(error, "kaspi_session_expired")) await noteClosed(access, accountId, session);
    throw error;
  }
}

/** How long reads stay away after a 429 that names no time. */
const UNNAMED_PAUSE_MS = MINUTE;

/** Reads that Kaspi throttles stay away as long as it asks, in every process. */
async function obeyThrottle(access: KaspiAccess, accountId: string, error: unknown): Promise<void> {
  if (!isAppError(error, "kaspi_throttled") || error.key === "reads_throttled") return;
  const pause = error.retryAfterMs ?? UNNAMED_PAUSE_MS;
  await postponeReads(access.db, accountId, later(access.clock(), pause));
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
  const cookies = opened(access.vault, session.cookies);
  // Sealed with a key that was lost: to us it is as dead as one that Kaspi has closed.
  if (cookies === null) throw new AppError("kaspi_session_expired");
  const cabinet = openCabinet({
    transport: (await cabinetWay(access, accountId)).transport,
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
