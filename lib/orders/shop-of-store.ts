import { AppError, isAppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel } from "@/lib/exits/channels";
import { opened } from "@/lib/exits/opened";
import { officialWay } from "@/lib/exits/way";
import type { ShopApi } from "@/lib/kaspi/shop-call";
import { sealedToken } from "@/lib/stores/token-queries";
import { postponeCalls, takeCall } from "./pace-queries";

/** A 429 that names no time. */
const UNNAMED_PAUSE_MS = MINUTE;
/** Nobody waits longer for a call: a person is told, a job comes again. */
const LONGEST_WAIT_MS = MINUTE;

/** Asks Kaspi's official API for one store. */
export type AskShop = <T>(ask: (shop: ShopApi) => Promise<T>) => Promise<T>;

/**
 * The store's official API, at the pace all processes share for its token. Throws kaspi_rejected
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
  const acquireSlot = (during?: AbortSignal) => waitForCall(access, storeId, during);
  return async (ask) => {
    const { transport } = await officialWay(access);
    const shop = { transport, token, acquireSlot, ...(signal && { signal }) };
    try {
      return await throughChannel(access, { name: "shop_api", of: storeId }, () => ask(shop));
    } catch (error) {
      await obeyThrottle(access, storeId, error);
      throw error;
    }
  };
}

async function waitForCall(
  access: KaspiAccess,
  storeId: string,
  signal?: AbortSignal,
): Promise<void> {
  const now = access.clock();
  const at = await takeCall(access.db, storeId, now);
  const waitMs = at.getTime() - now.getTime();
  if (waitMs > LONGEST_WAIT_MS)
    throw new AppError("kaspi_throttled", "reads_throttled", { retryAfterMs: waitMs });
  if (waitMs > 0) await access.sleep(waitMs, signal);
}

async function obeyThrottle(access: KaspiAccess, storeId: string, error: unknown): Promise<void> {
  if (!isAppError(error, "kaspi_throttled") || error.key === "reads_throttled") return;
  const pause = error.retryAfterMs ?? UNNAMED_PAUSE_MS;
  await postponeCalls(access.db, storeId, later(access.clock(), pause));
}
