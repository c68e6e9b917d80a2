import { askCabinet } from "@/lib/accounts/ask-cabinet";
import { type ErrorKind, isAppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { findOwnOffer } from "@/lib/kaspi/own-offers";
import type { CabinetSession } from "@/lib/kaspi/session";
import type { AcquireSlot } from "@/lib/kaspi/transport";
import { log } from "@/lib/log";

/** `offer` null: the article is not in Kaspi's list. `readAt`: when it was asked for. */
export type OfferRead =
  | { kind: "read"; offer: OwnOffer | null; readAt: Date }
  | { kind: "unreadable"; why: ErrorKind };

/**
 * Our offer as Kaspi's list shows it now. Nonsense about one article is a value, so that the others
 * need not wait for it; everything else is thrown as by `askCabinet`.
 */
export async function readOffer(
  access: KaspiAccess,
  store: { id: string; accountId: string; merchantId: string },
  { sku, channel }: { sku: string; channel: "list" | "read_back" },
  signal?: AbortSignal,
): Promise<OfferRead> {
  const query = { merchantUid: store.merchantId, sku };
  let readAt = access.clock();
  const ask = (cabinet: CabinetSession) => {
    const acquireSlot: AcquireSlot = async (aborted) => {
      await cabinet.acquireSlot(aborted);
      readAt = access.clock();
    };
    return findOwnOffer({ ...cabinet, acquireSlot }, query);
  };
  try {
    const offer = await askCabinet(
      access,
      { accountId: store.accountId, channel: { name: channel, of: store.id } },
      ask,
      signal,
    );
    return { kind: "read", offer, readAt };
  } catch (error) {
    if (!isAppError(error, "kaspi_malformed", "kaspi_rejected", "kaspi_not_found")) throw error;
    log.warn({ merchant: store.merchantId, sku, kind: error.kind }, "offer not readable");
    return { kind: "unreadable", why: error.kind };
  }
}
