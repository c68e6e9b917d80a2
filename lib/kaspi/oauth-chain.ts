import type { CookieJar } from "tough-cookie";
import { AppError } from "@/lib/core/errors";
import { malformed, statusFailure } from "@/lib/kaspi/answer";
import { navigationHeaders } from "@/lib/kaspi/headers";
import { hostNameOf, realHosts, redirectTarget } from "@/lib/kaspi/hosts";
import { cookieHeader, keepCookies } from "@/lib/kaspi/session";
import type { AcquireSlot, KaspiResponse, KaspiTransport } from "@/lib/kaspi/transport";

export type Visitor = {
  transport: KaspiTransport;
  jar: CookieJar;
  acquireSlot: AcquireSlot;
  signal?: AbortSignal | undefined;
};

/** Where the walk was asked to authorize; the place to come back to after the login. */
export type Walk = { authorizeUrl: URL | null };

export const chainStart = new URL(
  `/oauth2/authorization/1?redirectUrl=${encodeURIComponent(`${realHosts.storefront}/mc/`)}`,
  realHosts.cabinet,
);

const MAX_HOPS = 10;
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * Walks the OAuth redirects by hand, because the cookies are set midway (protocol A2). It ends on
 * the login page, or before the cabinet's shell on kaspi.kz, which sets nothing and may refuse the
 * address. Whether it led into the cabinet is told by the jar. Throws kaspi_address_refused for a
 * page with 403, 405 or 429, kaspi_malformed for a redirect away from Kaspi.
 */
export async function walkOauthChain(visitor: Visitor, start: URL): Promise<Walk> {
  let authorizeUrl: URL | null = null;
  let url = start;
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    if (url.pathname === "/oauth2/authorize") authorizeUrl = url;
    const response = await visit(visitor, url);
    if (response.status < 300 || response.status >= 400) {
      if (response.status >= 400) throw refusal(response);
      return { authorizeUrl };
    }
    const next = response.location
      ? redirectTarget(response.location, url, visitor.transport.hosts)
      : null;
    if (!next) throw malformed(url);
    if (hostNameOf(next) === "storefront") return { authorizeUrl };
    url = next;
  }
  throw malformed(start);
}

async function visit(visitor: Visitor, url: URL): Promise<KaspiResponse> {
  const { transport, jar, acquireSlot, signal } = visitor;
  await acquireSlot(signal);
  const response = await transport.send({
    url,
    method: "GET",
    headers: { ...navigationHeaders, ...cookieHeader(jar, url) },
    maxBytes: MAX_BYTES,
    signal,
  });
  keepCookies(jar, response, transport.hosts);
  return response;
}

function refusal(response: KaspiResponse): AppError {
  const { status, retryAfterMs } = response;
  if (![403, 405, 429].includes(status)) return statusFailure(response);
  return new AppError("kaspi_address_refused", "kaspi_address_refused", {
    params: { status },
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}
