import { Agent } from "undici";
import { AppError } from "@/lib/core/errors";
import { bodyText } from "@/lib/kaspi/body";
import { LONGEST_EXCHANGE_MS, startDeadline } from "@/lib/kaspi/deadline";
import { exchange, type RawAnswer } from "@/lib/kaspi/exchange";
import { type KaspiHosts, socketUrl } from "@/lib/kaspi/hosts";
import { type BrowserIdentity, firstIdentity, headersOf } from "@/lib/kaspi/identity";
import { networkFailure } from "@/lib/kaspi/network-failure";
import { retryAfterMs } from "@/lib/kaspi/retry-after";
import { tunnelConnector } from "@/lib/kaspi/tunnel";

/** Waits for the caller's permission to make one more request (pacing per exit or per login). */
export type AcquireSlot = (signal?: AbortSignal) => Promise<void>;

export type KaspiRequest = {
  /** Always the real address; the transport knows what stands in for it. */
  url: URL;
  method: "GET" | "POST";
  /** Without those that say which browser asks: the transport has its own. */
  headers: Record<string, string>;
  body?: string;
  /** The answer may not be larger, before or after decompression. */
  maxBytes: number;
  signal?: AbortSignal | undefined;
};

export type KaspiResponse = {
  url: URL;
  status: number;
  contentType: string;
  location: string | null;
  setCookies: string[];
  retryAfterMs: number | null;
  body: string;
};

export interface KaspiTransport {
  readonly hosts: KaspiHosts;
  /** The answer, whatever its status. Throws kaspi_timeout, kaspi_unreachable, kaspi_malformed. */
  send(request: KaspiRequest): Promise<KaspiResponse>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT = 10_000;
const SOCKETS_PER_HOST = 16;

/**
 * HTTP/1.1 with kept-alive, pooled connections, directly or through a proxy (`http://`, `https://`
 * or `socks5://`, with a login if it needs one), always as the same browser. `timeoutMs` bounds a
 * whole exchange. Redirects are never followed here and no cookies are kept.
 */
export function createTransport(options: {
  hosts: KaspiHosts;
  proxyUrl?: string | null;
  identity?: BrowserIdentity;
  timeoutMs?: number;
}): KaspiTransport {
  const { hosts, identity = firstIdentity, timeoutMs = LONGEST_EXCHANGE_MS } = options;
  const dispatcher = createDispatcher(options.proxyUrl ?? null, timeoutMs);
  const asBrowser = headersOf(identity);

  async function send(request: KaspiRequest): Promise<KaspiResponse> {
    const { origin, pathname, search } = socketUrl(request.url, hosts);
    const { method, body = null, maxBytes } = request;
    const headers = { ...asBrowser, ...request.headers };
    const deadline = startDeadline(timeoutMs, request.signal);
    try {
      const answer = await exchange(
        dispatcher,
        { origin, path: pathname + search, method, headers, body },
        { maxBytes, signal: deadline.signal },
      );
      const text = await bodyText(answer.bytes, answer.headers["content-encoding"], maxBytes);
      return toResponse(request.url, answer, text);
    } catch (error) {
      request.signal?.throwIfAborted();
      throw deadline.passed() ? new AppError("kaspi_timeout") : networkFailure(error);
    } finally {
      deadline.stop();
    }
  }

  return { hosts, send, close: () => dispatcher.close() };
}

function createDispatcher(proxyUrl: string | null, timeoutMs: number): Agent {
  const timeout = Math.min(CONNECT_TIMEOUT, timeoutMs);
  return new Agent({
    allowH2: false,
    pipelining: 1,
    connections: SOCKETS_PER_HOST,
    keepAliveTimeout: 20_000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: proxyUrl === null ? { timeout } : tunnelConnector(proxyUrl, timeout),
  });
}

function toResponse(url: URL, { status, headers }: RawAnswer, body: string): KaspiResponse {
  return {
    url,
    status,
    contentType: first(headers["content-type"]) ?? "",
    location: first(headers.location) ?? null,
    setCookies: [headers["set-cookie"] ?? []].flat(),
    retryAfterMs: retryAfterMs(first(headers["retry-after"]), new Date(), first(headers.date)),
    body,
  };
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
