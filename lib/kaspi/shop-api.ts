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

/** Kaspi lists at most 14 days. */
const WINDOW = 13 * DAY;
const MAX_BYTES = 4 * 1024 * 1024;

const order = z.object({ attributes: z.object({ pickupPointId: z.string() }) });
const orders = z.object({ data: z.array(z.unknown()) });

/** `other_shop`: Kaspi takes it, and shows another shop's orders for it. */
export type TokenCheck = "taken" | "refused" | "other_shop";

/**
 * Whether Kaspi takes the token for this shop: asks for one finished order of the last days, the
 * smallest call that needs a right and may tell whose it is (protocol G2). Throws kaspi_address_refused for a page instead of data, else as
 * `statusFailure` and the transport do.
 */
export async function checkToken(
  shop: ShopApi,
  merchantUid: string,
  now: Date,
): Promise<TokenCheck> {
  const url = ordersUrl({ state: "ARCHIVE", since: later(now, -WINDOW), size: 1 });
  const response = await ask(shop, url);
  if (response.status === 401 || response.status === 403) return "refused";
  if (response.status !== 200) throw statusFailure(response);
  const [one] = checked(orders, parseJson(response), url).data;
  const { data } = order.safeParse(one);
  // A pickup point is called by its shop: `{merchant}_{point}`. An order without one tells nothing.
  const [owner] = data?.attributes.pickupPointId.split("_") ?? [];
  return owner === undefined || owner === merchantUid ? "taken" : "other_shop";
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
