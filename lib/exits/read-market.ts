import { type MarketOffer, readCompetitorOffers } from "@/lib/kaspi/competitor-offers";
import type { KaspiAccess } from "./access";
import { throughChannel } from "./channels";
import { throughExits, type UnseenReason } from "./through-exits";

export type MarketRead =
  | { kind: "seen"; offers: MarketOffer[]; total: number; unreadable: number; observedAt: Date }
  /** Nobody knows what the market is. Never the same as "no rivals". */
  | { kind: "unseen"; why: UnseenReason };

/** Who wants to know, and what: a card in a city. */
export type MarketQuestion = { storeId: string | null; cardId: string; cityId: string };

/**
 * Reads a card's offers in a city as `throughExits` does; what cannot be read is `unseen` with the reason.
 * Throws `official_only`.
 */
export async function readMarket(
  access: KaspiAccess,
  { storeId, ...card }: MarketQuestion,
  signal?: AbortSignal,
): Promise<MarketRead> {
  const looked = await throughExits(
    access,
    {
      endpoint: "offers",
      ask: (storefront, exitId) =>
        throughChannel(access, { name: "market", of: exitId, forStore: storeId }, () =>
          readCompetitorOffers(storefront, card),
        ),
    },
    signal,
  );
  if (looked.kind === "unseen") return looked;
  return { kind: "seen", ...looked.answer, observedAt: looked.observedAt };
}
