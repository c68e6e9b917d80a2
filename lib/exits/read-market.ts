import { isAppError } from "@/lib/core/errors";
import { MINUTE, SECOND } from "@/lib/core/time";
import { type MarketOffer, readCompetitorOffers } from "@/lib/kaspi/competitor-offers";
import { log } from "@/lib/log";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import type { KaspiAccess } from "./access";
import { throughChannel } from "./channels";
import { restExit, welcomeExit } from "./health-queries";
import { type ExitSlot, whyNoSlot } from "./queries";
import { nextExitSlot } from "./slots";
import { wayOf } from "./way";

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
const SHORT_REST_MS = 2 * MINUTE;
const LONG_REST_MS = 10 * MINUTE;
/** Shorter than a ban of a burst is no rest, whatever the answer says. */
const LEAST_REST_MS = 15 * SECOND;
const LONGEST_WAIT_MS = MINUTE;

/** Who wants to know, and what: a card in a city. */
export type MarketQuestion = { storeId: string | null; cardId: string; cityId: string };

/**
 * Reads a card's offers in a city through the exit unused for the longest, at that exit's pace. An
 * exit that is refused or brings nothing is left alone and the read tried once more through another;
 * what cannot be read is `unseen` with the reason. Throws `official_only`.
 */
export async function readMarket(
  access: KaspiAccess,
  question: MarketQuestion,
  signal?: AbortSignal,
): Promise<MarketRead> {
  const first = await readOnce(access, question, signal);
  return first.isExits ? (await readOnce(access, question, signal)).read : first.read;
}

/** `isExits`: it may be the exit's fault alone, and another one may bring the answer. */
type Attempt = { read: MarketRead; isExits: boolean };

async function readOnce(
  access: KaspiAccess,
  { storeId, ...card }: MarketQuestion,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  const slot = await nextExitSlot(access, LONGEST_WAIT_MS, signal);
  if (!slot) return { read: { kind: "unseen", why: await whyNoSlot(access.db) }, isExits: false };
  const waitMs = slot.at.getTime() - access.clock().getTime();
  if (waitMs > 0) await access.sleep(waitMs, signal);
  try {
    // The slot is taken above: it decides the exit, so the client must not ask for another.
    const { transport } = wayOf(access, slot);
    const storefront = { transport, acquireSlot: async () => {}, ...(signal && { signal }) };
    const channel = { name: "market" as const, of: slot.exitId, forStore: storeId };
    const market = await throughChannel(access, channel, () =>
      readCompetitorOffers(storefront, card),
    );
    if (slot.restsInRow > 0) await welcomeBack(access, slot.exitId);
    const read = { kind: "seen" as const, ...market, observedAt: access.clock() };
    return { read, isExits: false };
  } catch (error) {
    signal?.throwIfAborted();
    const why = await whyUnseen(access, slot, error);
    const isExits = why === "address_refused" || (why === "unreachable" && slot.proxyUrl !== null);
    return { read: { kind: "unseen", why }, isExits };
  }
}

async function whyUnseen(
  access: KaspiAccess,
  slot: ExitSlot,
  error: unknown,
): Promise<UnseenReason> {
  if (!isAppError(error) || error.kind === "official_only") throw error;
  const now = access.clock();
  log.warn({ exit: slot.exitId, kind: error.kind, key: error.key }, "market not read");
  switch (error.kind) {
    case "kaspi_address_refused":
    case "kaspi_throttled": {
      const askedMs = Math.max(error.retryAfterMs ?? LONG_REST_MS, LEAST_REST_MS);
      const restMs = await restExit(access.db, slot.exitId, error.key, askedMs, now);
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
async function welcomeBack({ db, clock }: KaspiAccess, exitId: string): Promise<void> {
  const now = clock();
  if (await welcomeExit(db, exitId, now)) await resolveNotice(db, "exit_refused", exitId, now);
}
