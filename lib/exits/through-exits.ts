import { isAppError } from "@/lib/core/errors";
import { MINUTE, SECOND } from "@/lib/core/time";
import type { Storefront } from "@/lib/kaspi/storefront-call";
import { log } from "@/lib/log";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import type { KaspiAccess } from "./access";
import { restExit, welcomeExit } from "./health-queries";
import { type ExitSlot, type WindowEndpoint, whyNoSlot } from "./queries";
import { nextExitSlot } from "./slots";
import { wayOf } from "./way";

export type UnseenReason =
  | "address_refused"
  | "throttled"
  | "unreachable"
  | "malformed"
  | "no_exit";

/** What the shop window has answered, or why nobody knows. */
export type Looked<T> =
  | { kind: "seen"; answer: T; observedAt: Date }
  | { kind: "unseen"; why: UnseenReason };

/** A 403 of the storefront lasts 10–15 s (protocol I); anything longer is a refused address. */
const SHORT_REST_MS = 2 * MINUTE;
const LONG_REST_MS = 10 * MINUTE;
/** Shorter than a ban of a burst is no rest, whatever the answer says. */
const LEAST_REST_MS = 15 * SECOND;
const LONGEST_WAIT_MS = MINUTE;

type Ask<T> = (storefront: Storefront, exitId: string) => Promise<T>;
type Question<T> = { endpoint: WindowEndpoint; ask: Ask<T> };

/**
 * Asks the shop window through the exit unused for the longest, at that exit's pace. An exit that is
 * refused or brings nothing is left alone and it is asked once more through another; what cannot be read
 * is `unseen` with the reason. Where reviews are refused the exit goes on: prices are not kept waiting for
 * them. Throws `official_only` as `ask` does, and surprises.
 */
export async function throughExits<T>(
  access: KaspiAccess,
  question: Question<T>,
  signal?: AbortSignal,
): Promise<Looked<T>> {
  const first = await askOnce(access, question, signal);
  return first.isExits ? (await askOnce(access, question, signal)).looked : first.looked;
}

/** `isExits`: it may be the exit's fault alone, and another one may bring the answer. */
type Attempt<T> = { looked: Looked<T>; isExits: boolean };

async function askOnce<T>(
  access: KaspiAccess,
  { endpoint, ask }: Question<T>,
  signal: AbortSignal | undefined,
): Promise<Attempt<T>> {
  const slot = await nextExitSlot(access, LONGEST_WAIT_MS, signal, endpoint);
  if (!slot) return { looked: { kind: "unseen", why: await whyNoSlot(access.db) }, isExits: false };
  const waitMs = slot.at.getTime() - access.clock().getTime();
  if (waitMs > 0) await access.sleep(waitMs, signal);
  try {
    // The slot is taken above: it decides the exit, so the client must not ask for another.
    const { transport } = wayOf(access, slot);
    const storefront = { transport, acquireSlot: async () => {}, ...(signal && { signal }) };
    const answer = await ask(storefront, slot.exitId);
    // Who is answered about reviews may still be refused the market.
    if (slot.restsInRow > 0 && endpoint === "offers") await welcomeBack(access, slot.exitId);
    const looked = { kind: "seen" as const, answer, observedAt: access.clock() };
    return { looked, isExits: false };
  } catch (error) {
    signal?.throwIfAborted();
    const isItsOwn = endpoint === "reviews" && !isAddressRefused(error);
    const why = await whyUnseen(access, slot, error, isItsOwn);
    const isExits =
      (why === "address_refused" && !isItsOwn) || (why === "unreachable" && slot.proxyUrl !== null);
    return { looked: { kind: "unseen", why }, isExits };
  }
}

/** A 403 is about who asks; any other refusal may be about what is asked for (protocol I). */
const isAddressRefused = (error: unknown) =>
  isAppError(error, "kaspi_address_refused") && error.params.status === 403;

async function whyUnseen(
  access: KaspiAccess,
  slot: ExitSlot,
  error: unknown,
  isItsOwn: boolean,
): Promise<UnseenReason> {
  if (!isAppError(error) || error.kind === "official_only") throw error;
  const now = access.clock();
  log.warn({ exit: slot.exitId, kind: error.kind, key: error.key }, "shop window not read");
  switch (error.kind) {
    case "kaspi_address_refused":
    case "kaspi_throttled": {
      const why = error.kind === "kaspi_throttled" ? "throttled" : "address_refused";
      if (isItsOwn) return why;
      const askedMs = Math.max(error.retryAfterMs ?? LONG_REST_MS, LEAST_REST_MS);
      const restMs = await restExit(access.db, slot.exitId, error.key, askedMs, now);
      if (restMs > SHORT_REST_MS)
        await raiseNotice(access.db, {
          kind: "exit_refused",
          about: slot.exitId,
          severity: "danger",
        });
      return why;
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
