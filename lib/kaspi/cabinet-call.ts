import { AppError } from "@/lib/core/errors";
import { isPage, malformed, parseJson, statusFailure } from "@/lib/kaspi/answer";
import { cabinetHeaders } from "@/lib/kaspi/headers";
import { realHosts, redirectTarget } from "@/lib/kaspi/hosts";
import { type CabinetSession, cookieHeader, keepCookies } from "@/lib/kaspi/session";
import type { KaspiResponse } from "@/lib/kaspi/transport";

export type CabinetCall = {
  path: string;
  query?: Record<string, string>;
  /** Sent as a POST when given, else the call is a GET. */
  json?: unknown;
  /** A form with a file instead, as a browser packs it. */
  form?: { type: string; body: string };
  /** How long to stay away after a 429 at least; one that names a shorter time does not know of Kaspi's ban. */
  throttleMs?: number;
};

/** A list page of 100 rows weighs 1 to 2 MB. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * One call of the cabinet's API, its answer parsed as JSON (protocol 0, A3). Throws
 * kaspi_session_expired for each of the four forms of a dead session, kaspi_address_refused for a page
 * with 403 or 405 (protocol I), else as `statusFailure` and the transport do.
 */
export async function callCabinet(cabinet: CabinetSession, call: CabinetCall) {
  const response = await callRaw(cabinet, call);
  const failure = failureOf(response, cabinet, call.throttleMs);
  if (failure) throw failure;
  return { url: response.url, answer: parseJson(response) };
}

/** What `callCabinet` throws for this answer; null for one that holds data. */
export function failureOf(
  response: KaspiResponse,
  cabinet: CabinetSession,
  throttleMs?: number,
): AppError | null {
  const { status, url } = response;
  const refusal = addressRefused(response);
  if (refusal) return refusal;
  if (isExpired(response, cabinet)) return new AppError("kaspi_session_expired");
  if (status >= 300 && status < 400) return malformed(url);
  return status < 200 || status >= 300 ? statusFailure(response, throttleMs) : null;
}

/** The same call, its answer as it came. */
export async function callRaw(cabinet: CabinetSession, call: CabinetCall): Promise<KaspiResponse> {
  const { transport, jar, acquireSlot, signal } = cabinet;
  const url = new URL(call.path, realHosts.cabinet);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  const sent = sentBody(call);
  await acquireSlot(signal);
  const response = await transport.send({
    url,
    method: sent ? "POST" : "GET",
    headers: {
      ...cabinetHeaders,
      ...(sent && { "Content-Type": sent.type }),
      ...cookieHeader(jar, url),
    },
    ...(sent && { body: sent.body }),
    maxBytes: MAX_BYTES,
    signal,
  });
  keepCookies(jar, response, transport.hosts);
  return response;
}

function sentBody({ json, form }: CabinetCall): { type: string; body: string } | null {
  if (form) return form;
  return json === undefined ? null : { type: "application/json", body: JSON.stringify(json) };
}

/** A dead session shows as an empty 403 (protocol A3); a page instead is about where we call from. */
function addressRefused(response: KaspiResponse): AppError | null {
  const { status, retryAfterMs } = response;
  if ((status !== 403 && status !== 405) || !isPage(response)) return null;
  return new AppError("kaspi_address_refused", "kaspi_address_refused", {
    params: { status },
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

function isExpired(response: KaspiResponse, { transport }: CabinetSession): boolean {
  if (response.status === 401 || response.status === 403) return true;
  if (response.status >= 200 && response.status < 300) return isPage(response);
  if (response.status < 300 || response.status >= 400 || !response.location) return false;
  const target = redirectTarget(response.location, response.url, transport.hosts);
  return target !== null && /^\/(login|oauth2\/authoriz(e|ation\/.*))\/?$/.test(target.pathname);
}
