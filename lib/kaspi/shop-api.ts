import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { DAY, later } from "@/lib/core/time";
import { checked, isPage, parseJson, statusFailure } from "@/lib/kaspi/answer";
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

const MAX_BYTES = 4 * 1024 * 1024;

const orders = z.object({ data: z.array(z.unknown()) });

/**
 * Whether Kaspi takes the token: asks for one new order of the last day, the smallest call that
 * needs a right (protocol G2). Throws kaspi_address_refused for a page instead of data, else as
 * `statusFailure` and the transport do.
 */
export async function isTokenTaken(shop: ShopApi, now: Date): Promise<boolean> {
  const url = ordersUrl({ state: "NEW", since: later(now, -DAY), size: 1 });
  const response = await ask(shop, url);
  if (response.status === 401 || response.status === 403) return false;
  if (response.status !== 200) throw statusFailure(response);
  checked(orders, parseJson(response), url);
  return true;
}

function ordersUrl({ state, since, size }: { state: string; since: Date; size: number }): URL {
  const url = new URL("/shop/api/v2/orders", realHosts.storefront);
  url.searchParams.set("page[number]", "0");
  url.searchParams.set("page[size]", String(size));
  url.searchParams.set("filter[orders][state]", state);
  // Kaspi refuses to list without it, and more than 14 days of it.
  url.searchParams.set("filter[orders][creationDate][$ge]", String(since.getTime()));
  return url;
}

async function ask(
  { transport, token, acquireSlot, signal }: ShopApi,
  url: URL,
): Promise<KaspiResponse> {
  await acquireSlot(signal);
  const response = await transport.send({
    url,
    method: "GET",
    headers: { ...shopApiHeaders, "X-Auth-Token": token },
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
