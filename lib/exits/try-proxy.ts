import { isAppError } from "@/lib/core/errors";
import { readCompetitorOffers } from "@/lib/kaspi/competitor-offers";
import { type BrowserIdentity, firstIdentity } from "@/lib/kaspi/identity";
import { createTransport } from "@/lib/kaspi/transport";
import type { KaspiAccess } from "./access";
import { deadReasonOf } from "./guarded-transport";
import { anyCard } from "./manage-queries";
import type { ExitTest } from "./model";

const TRY_TIMEOUT_MS = 15_000;
/** Any card of any city: only whether Kaspi answers counts. */
const SOME_CARD = "100000000";
const ALMATY = "750000000";

/**
 * Reads one market through the proxy (or directly), on a connection of its own; nobody but Kaspi is
 * asked. Only how it ended is told: a cause could carry the proxy's address with its password.
 */
export async function tryProxy(
  access: KaspiAccess,
  proxyUrl: string | null,
  identity: BrowserIdentity = firstIdentity,
): Promise<ExitTest> {
  const cardId = (await anyCard(access.db)) ?? SOME_CARD;
  const { hosts } = access;
  const transport = createTransport({ hosts, proxyUrl, identity, timeoutMs: TRY_TIMEOUT_MS });
  const began = performance.now();
  try {
    const storefront = { transport, acquireSlot: async () => {} };
    await readCompetitorOffers(storefront, { cardId, cityId: ALMATY });
    return { ok: true, ms: Math.round(performance.now() - began) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (isAppError(error, "kaspi_not_found"))
      return { ok: true, ms: Math.round(performance.now() - began) };
    if (isAppError(error, "kaspi_address_refused", "kaspi_throttled"))
      return { ok: false, why: "kaspi" };
    const reason = deadReasonOf(error);
    return { ok: false, why: reason === "untried" ? "silent" : reason };
  } finally {
    await transport.close();
  }
}
