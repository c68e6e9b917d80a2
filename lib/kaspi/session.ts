import { CookieJar } from "tough-cookie";
import { AppError } from "@/lib/core/errors";
import { hostNameOf, isOverridden, type KaspiHosts, realHosts } from "@/lib/kaspi/hosts";
import type { AcquireSlot, KaspiResponse, KaspiTransport } from "@/lib/kaspi/transport";

/** A cookie jar as text. Secret: whoever has it is logged in. The caller encrypts it. */
export type SavedSession = { cookies: string };

/** An open cabinet of one Kaspi login. Every call waits for `acquireSlot` first. */
export interface CabinetSession {
  readonly transport: KaspiTransport;
  readonly jar: CookieJar;
  readonly acquireSlot: AcquireSlot;
  readonly signal: AbortSignal | undefined;
}

/** Throws kaspi_session_expired when the saved text is not a cookie jar. */
export function openCabinet(options: {
  transport: KaspiTransport;
  session: SavedSession;
  acquireSlot: AcquireSlot;
  signal?: AbortSignal;
}): CabinetSession {
  const { transport, session, acquireSlot, signal } = options;
  return { transport, jar: openJar(session), acquireSlot, signal };
}

/** The jar with what Kaspi has changed in it since (protocol A2: mc-session may be renewed). */
export function saveSession(cabinet: CabinetSession): SavedSession {
  return saveJar(cabinet.jar);
}

/** Loose: Kaspi's mc-session holds characters a strict reader refuses. */
export function newJar(): CookieJar {
  return new CookieJar(undefined, { looseMode: true });
}

export function openJar(session: SavedSession): CookieJar {
  try {
    return CookieJar.deserializeSync(session.cookies);
  } catch {
    throw new AppError("kaspi_session_expired");
  }
}

export function saveJar(jar: CookieJar): SavedSession {
  return { cookies: JSON.stringify(jar.serializeSync()) };
}

/** mc-sid is what the cabinet knows us by; without it there is no session (protocol A2, K). */
export function holdsSession(jar: CookieJar): boolean {
  return jar.getCookiesSync(`${realHosts.cabinet}/`).some((cookie) => cookie.key === "mc-sid");
}

export function cookieHeader(jar: CookieJar, url: URL): Record<string, string> {
  const cookies = jar.getCookieStringSync(url.href);
  return cookies ? { Cookie: cookies } : {};
}

/** Keeps an answer's cookies under the real address. A stand-in's Domain and Secure do not count. */
export function keepCookies(jar: CookieJar, response: KaspiResponse, hosts: KaspiHosts): void {
  const name = hostNameOf(response.url);
  const standIn = name !== null && isOverridden(hosts, name);
  for (const line of response.setCookies) {
    const cookie = standIn ? line.replace(/;\s*(domain=[^;]*|secure)\s*(?=;|$)/gi, "") : line;
    jar.setCookieSync(cookie, response.url.href, { ignoreError: true });
  }
}
