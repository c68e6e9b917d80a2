import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { isPage, parseJson, statusFailure } from "@/lib/kaspi/answer";
import { shopApiHeaders } from "@/lib/kaspi/headers";
import { realHosts } from "@/lib/kaspi/hosts";
import type { AcquireSlot, KaspiResponse, KaspiTransport } from "@/lib/kaspi/transport";

/** Kaspi's official API, spoken to with the token of one shop. */
export type ShopApi = {
  transport: KaspiTransport;
  token: string;
  acquireSlot: AcquireSlot;
  signal?: AbortSignal;
};

export type ShopCall = {
  /** With its query, as it goes over the wire: Kaspi wants commas and brackets as they are. */
  path: string;
  /** Sent as a POST when given, else the call is a GET. */
  json?: unknown;
  headers?: Record<string, string>;
};

/** A hundred orders with their lines weigh about 400 KB. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * One call of the official API, its answer parsed as JSON (protocol G2). Throws kaspi_rejected
 * (`token_refused`) for 401 and 403, kaspi_address_refused for a page instead of data, else as
 * `statusFailure` and the transport do.
 */
export async function callShop(shop: ShopApi, call: ShopCall) {
  const response = await askShop(shop, call);
  if (response.status === 401 || response.status === 403)
    throw new AppError("kaspi_rejected", "token_refused");
  if (response.status < 200 || response.status >= 300) throw refusalOf(response);
  return { url: response.url, answer: parseJson(response) };
}

/** The same call, its answer as it came. */
export async function askShop(shop: ShopApi, call: ShopCall): Promise<KaspiResponse> {
  const { transport, token, acquireSlot, signal } = shop;
  await acquireSlot(signal);
  const response = await transport.send({
    url: new URL(call.path, realHosts.storefront),
    method: call.json === undefined ? "GET" : "POST",
    headers: { ...shopApiHeaders, "X-Auth-Token": token, ...call.headers },
    ...(call.json !== undefined && { body: JSON.stringify(call.json) }),
    maxBytes: MAX_BYTES,
    signal,
  });
  const isRefused = response.status === 405 || (response.status < 500 && isPage(response));
  if (!isRefused) return response;
  const { status, retryAfterMs } = response;
  throw new AppError("kaspi_address_refused", "kaspi_address_refused", {
    params: { status },
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

const failed = z.object({ errors: z.array(z.object({ title: z.string() })).min(1) });

/** Kaspi says what is wrong by a title alone; what it says of orders is listed in protocol G2. */
const titles: readonly [RegExp, string][] = [
  [/security code is not valid/i, "order_code_wrong"],
  [/is cancelled/i, "order_is_cancelled"],
  [/already has been completed/i, "order_is_completed"],
  [/is not may complete allowed/i, "order_not_completable"],
  [/filter \[orders\]|date range|page size/i, "kaspi_rejected"],
];

function refusalOf(response: KaspiResponse): AppError {
  if (response.status !== 400) return statusFailure(response);
  const { data } = failed.safeParse(jsonOf(response));
  const [first] = data?.errors ?? [];
  if (!first) return statusFailure(response);
  const orderRefusal = titles.find(([title]) => title.test(first.title))?.[1] ?? "order_refused";
  return new AppError("kaspi_rejected", orderRefusal, { params: { status: 400 } });
}

function jsonOf(response: KaspiResponse): unknown {
  try {
    return parseJson(response);
  } catch {
    return null;
  }
}
