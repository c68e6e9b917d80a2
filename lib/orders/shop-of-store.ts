import { hashOf } from "@/lib/auth/one-time-token";
import { AppError, isAppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel } from "@/lib/exits/channels";
import { opened } from "@/lib/exits/opened";
import { officialWay } from "@/lib/exits/way";
import type { ShopApi } from "@/lib/kaspi/shop-call";
import { sealedToken } from "@/lib/stores/token-queries";
import { type Paced, postponeCalls, takeCall } from "./pace-queries";

/** A 429 that names no time. */
const UNNAMED_PAUSE_MS = MINUTE;
/** Nobody waits longer for a call: a person is told, a job comes again. */
const LONGEST_WAIT_MS = MINUTE;

/** Asks Kaspi's official API for one store. */
export type AskShop = <T>(ask: (shop: ShopApi) => Promise<T>) => Promise<T>;

/**
 * The store's official API, at the pace all processes share for its token and for the exit. Throws kaspi_rejected
 * (`token_missing`, `token_refused`), kaspi_throttled (`reads_throttled`) while Kaspi wants the token to stay
 * away, else what is asked throws and `officialWay`.
 */
export async function shopOf(
  access: KaspiAccess,
  storeId: string,
  signal?: AbortSignal,
): Promise<AskShop> {
  const sealed = await sealedToken(access.db, storeId);
  const token = sealed === null ? null : opened(access.vault, sealed);
  if (token === null) throw new AppError("kaspi_rejected", "token_missing");
  const counted = `token:${hashOf(token)}`;
  return async (ask) => {
    const { transport, exitId } = await officialWay(access);
    const paced = { token: counted, exit: `exit:${exitId}` };
    const acquireSlot = (during?: AbortSignal) => waitForCall(access, paced, during);
    const shop = { transport, token, acquireSlot, ...(signal && { signal }) };
    try {
      return await throughChannel(access, { name: "shop_api", of: storeId }, () => ask(shop));
    } catch (error) {
      await obeyThrottle(access, counted, error);
      throw error;
    }
  };
}

async function waitForCall(access: KaspiAccess, paced: Paced, signal?: AbortSignal): Promise<void> {
  const now = access.clock();
  const at = await takeCall(access.db, paced, now);
  const waitMs = at.getTime() - now.getTime();
  if (waitMs > LONGEST_WAIT_MS)
    throw new AppError("kaspi_throttled", "reads_throttled", { retryAfterMs: waitMs });
  if (waitMs > 0) await access.sleep(waitMs, signal);
}

async function obeyThrottle(access: KaspiAccess, token: string, error: unknown): Promise<void> {
  if (!isAppError(error, "kaspi_throttled") || error.key === "reads_throttled") return;
  const pause = error.retryAfterMs ?? UNNAMED_PAUSE_MS;
  await postponeCalls(access.db, token, later(access.clock(), pause));
}
