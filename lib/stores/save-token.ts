import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel } from "@/lib/exits/channels";
import { isTokenTaken } from "@/lib/kaspi/shop-api";
import type { StoreToken, TokenView } from "./model";
import { writableStore } from "./queries";
import { setToken } from "./token-queries";

/**
 * Asks Kaspi once whether it takes the token, and keeps it only then. Throws `invalid`
 * (`token_refused`) for one it does not take, and as `isTokenTaken`: then nothing is kept either.
 */
export async function saveToken(
  access: KaspiAccess,
  caller: Caller,
  { storeId, token }: StoreToken,
  signal?: AbortSignal,
): Promise<void> {
  await writableStore(access.db, caller, storeId);
  const shop = { transport: access.transport(null), token, acquireSlot: async () => {} };
  const isTaken = await throughChannel(access, { name: "shop_api", of: storeId }, () =>
    isTokenTaken({ ...shop, ...(signal && { signal }) }, access.clock()),
  );
  if (!isTaken) {
    const details = [{ path: "token", message: "token_refused" }];
    throw new AppError("invalid", "token_refused", { details });
  }
  await setToken(access.db, caller, storeId, access.vault.seal(token), access.clock());
}

/** What may be shown of a kept token. */
export function tokenView(
  { vault }: Pick<KaspiAccess, "vault">,
  store: { apiToken: string | null; apiTokenCheckedAt: Date | null },
): TokenView | null {
  if (store.apiToken === null) return null;
  return { ending: vault.open(store.apiToken).slice(-4), checkedAt: store.apiTokenCheckedAt };
}
