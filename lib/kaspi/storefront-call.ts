import { AppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";
import { isPage, parseJson, statusFailure } from "@/lib/kaspi/answer";
import type {
  AcquireSlot,
  KaspiRequest,
  KaspiResponse,
  KaspiTransport,
} from "@/lib/kaspi/transport";

/** The public shop as read from one address; nobody is logged in. */
export type Storefront = {
  transport: KaspiTransport;
  acquireSlot: AcquireSlot;
  signal?: AbortSignal;
};

const MAX_BYTES = 4 * 1024 * 1024;

/** The burst ban of an address lasts 10 to 15 seconds (protocol I). */
const BURST_BAN = 15 * SECOND;

type Call = { url: URL; headers: Record<string, string> };

/**
 * One JSON POST to the public shop (protocol E, I). Throws kaspi_address_refused for 403, 405 or a
 * page instead of data, else as `statusFailure` and the transport do.
 */
export function postToStorefront(
  storefront: Storefront,
  { url, headers, json }: Call & { json: unknown },
): Promise<unknown> {
  const typed = { ...headers, "Content-Type": "application/json; charset=UTF-8" };
  return ask(storefront, { url, method: "POST", headers: typed, body: JSON.stringify(json) });
}

/** One GET of JSON from the public shop (protocol F). Throws as `postToStorefront`. */
export function getFromStorefront(storefront: Storefront, call: Call): Promise<unknown> {
  return ask(storefront, { ...call, method: "GET" });
}

async function ask(
  { transport, acquireSlot, signal }: Storefront,
  request: Pick<KaspiRequest, "url" | "method" | "headers" | "body">,
): Promise<unknown> {
  await acquireSlot(signal);
  const response = await transport.send({ ...request, maxBytes: MAX_BYTES, signal });
  const refusal = addressRefused(response);
  if (refusal) throw refusal;
  if (response.status !== 200) throw statusFailure(response);
  return parseJson(response);
}

function addressRefused(response: KaspiResponse): AppError | null {
  const { status } = response;
  const page = status >= 200 && status < 300 && isPage(response);
  if (status !== 403 && status !== 405 && !page) return null;
  const pause = response.retryAfterMs ?? (status === 403 ? BURST_BAN : undefined);
  return new AppError("kaspi_address_refused", "kaspi_address_refused", {
    params: { status },
    ...(pause === undefined ? {} : { retryAfterMs: pause }),
  });
}
