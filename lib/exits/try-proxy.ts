import { AppError, isAppError } from "@/lib/core/errors";
import { readCompetitorOffers } from "@/lib/kaspi/competitor-offers";
import { createTransport } from "@/lib/kaspi/transport";
import type { KaspiAccess } from "./access";
import { anyCard } from "./manage-queries";

const TRY_TIMEOUT_MS = 15_000;
/** Any card of any city: only whether Kaspi answers counts. */
const SOME_CARD = "100000000";
const ALMATY = "750000000";

/**
 * Reads one market through the proxy, on a connection of its own. Throws `invalid` at the address:
 * `proxy_refused` when Kaspi does not want it, `proxy_silent` when nothing comes through.
 */
export async function tryProxy(access: KaspiAccess, proxyUrl: string): Promise<void> {
  const cardId = (await anyCard(access.db)) ?? SOME_CARD;
  const transport = createTransport({ hosts: access.hosts, proxyUrl, timeoutMs: TRY_TIMEOUT_MS });
  try {
    const storefront = { transport, acquireSlot: async () => {} };
    await readCompetitorOffers(storefront, { cardId, cityId: ALMATY });
  } catch (error) {
    if (isAppError(error, "kaspi_not_found")) return;
    if (!isAppError(error)) throw error;
    throw isAppError(error, "kaspi_address_refused", "kaspi_throttled")
      ? fault({ path: "address", message: "proxy_refused" })
      : fault({ path: "address", message: "proxy_silent" });
  } finally {
    await transport.close();
  }
}

/** Without a cause: it could carry the proxy's address with its password. */
function fault(detail: { path: string; message: string }): AppError {
  return new AppError("invalid", "invalid", { details: [detail] });
}
