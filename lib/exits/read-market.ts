import { isAppError } from "@/lib/core/errors";
import { MINUTE, SECOND, sleep } from "@/lib/core/time";
import { type MarketOffer, readCompetitorOffers } from "@/lib/kaspi/competitor-offers";
import { log } from "@/lib/log";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import type { KaspiAccess } from "./access";
import { throughChannel } from "./channels";
import { clearRest, type ExitSlot, hasActiveExit, restExit } from "./queries";
import { nextExitSlot } from "./slots";

export type MarketRead =
  | { kind: "seen"; offers: MarketOffer[]; total: number; unreadable: number; observedAt: Date }
  /** Nobody knows what the market is. Never the same as "no rivals". */
  | { kind: "unseen"; why: UnseenReason };

export type UnseenReason =
  | "address_refused"
  | "throttled"
  | "unreachable"
  | "malformed"
  | "no_exit";

/** A 403 of the storefront lasts 10–15 s (protocol I); anything longer is a refused address. */
const SHORT_REST_MS = 15 * SECOND;
const LONG_REST_MS = 10 * MINUTE;
const LONGEST_WAIT_MS = MINUTE;

/**
 * Reads a card's offers in a city through whichever exit is free, at that exit's pace. A refused
 * exit is rested and the read tried once more; what cannot be read is `unseen` with the reason.
 */
export async function readMarket(
  access: KaspiAccess,
  card: { cardId: string; cityId: string },
  signal?: AbortSignal,
): Promise<MarketRead> {
  const first = await readOnce(access, card, signal);
  return first.kind === "unseen" && first.why === "address_refused"
    ? readOnce(access, card, signal)
    : first;
}

async function readOnce(
  access: KaspiAccess,
  card: { cardId: string; cityId: string },
  signal: AbortSignal | undefined,
): Promise<MarketRead> {
  const slot = await nextExitSlot(access, LONGEST_WAIT_MS, signal);
  if (!slot) {
    const why = (await hasActiveExit(access.db)) ? "address_refused" : "no_exit";
    return { kind: "unseen", why };
  }
  const waitMs = slot.at.getTime() - access.clock().getTime();
  if (waitMs > 0) await sleep(waitMs, signal);
  const proxyUrl = slot.proxyUrl && access.vault.open(slot.proxyUrl);
  try {
    // The slot is taken above: it decides the exit, so the client must not ask for another.
    const storefront = {
      transport: access.transport(proxyUrl),
      acquireSlot: async () => {},
      ...(signal && { signal }),
    };
    const market = await throughChannel(access, { name: "market", of: slot.exitId }, () =>
      readCompetitorOffers(storefront, card),
    );
    if (slot.restReason) await welcomeBack(access, slot.exitId);
    return { kind: "seen", ...market, observedAt: access.clock() };
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: "unseen", why: await whyUnseen(access, slot, error) };
  }
}

async function whyUnseen(
  access: KaspiAccess,
  slot: ExitSlot,
  error: unknown,
): Promise<UnseenReason> {
  if (!isAppError(error)) throw error;
  const now = access.clock();
  log.warn({ exit: slot.exitId, kind: error.kind, key: error.key }, "market not read");
  switch (error.kind) {
    case "kaspi_address_refused":
    case "kaspi_throttled": {
      const restMs = error.retryAfterMs ?? LONG_REST_MS;
      await restExit(access.db, slot.exitId, error.key, restMs, now);
      if (restMs > SHORT_REST_MS)
        await raiseNotice(access.db, {
          kind: "exit_refused",
          about: slot.exitId,
          severity: "danger",
        });
      return error.kind === "kaspi_throttled" ? "throttled" : "address_refused";
    }
    case "kaspi_malformed":
    case "kaspi_rejected":
    case "kaspi_not_found":
      return "malformed";
    default:
      return "unreachable";
  }
}

/** A rested exit answers again. */
async function welcomeBack(access: KaspiAccess, exitId: string): Promise<void> {
  await clearRest(access.db, exitId);
  await resolveNotice(access.db, "exit_refused", exitId, access.clock());
}
