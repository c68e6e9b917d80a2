import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel } from "@/lib/exits/channels";
import { opened } from "@/lib/exits/opened";
import { officialWay } from "@/lib/exits/way";
import { checkToken } from "@/lib/kaspi/shop-api";
import type { StoreToken, TokenView } from "./model";
import { writableStore } from "./queries";
import { setToken } from "./token-queries";

/** Keeps the token if Kaspi takes it. Throws as `acceptedToken`: then nothing is kept. */
export async function saveToken(
  access: KaspiAccess,
  caller: Caller,
  given: StoreToken,
  signal?: AbortSignal,
): Promise<void> {
  const sealed = await acceptedToken(access, caller, given, signal);
  await setToken(access.db, caller, given.storeId, sealed, access.clock());
}

/**
 * Asks Kaspi once whether it takes the token for this store, and seals it. Throws `invalid` at the token
 * for one it does not take or that is another store's, and as `officialWay` and `checkToken`.
 */
export async function acceptedToken(
  access: KaspiAccess,
  caller: Caller,
  { storeId, token }: StoreToken,
  signal?: AbortSignal,
): Promise<string> {
  const { merchantId } = await writableStore(access.db, caller, storeId);
  const { transport } = await officialWay(access);
  const shop = { transport, token, acquireSlot: async () => {}, ...(signal && { signal }) };
  const check = await throughChannel(access, { name: "shop_api", of: storeId }, () =>
    checkToken(shop, merchantId, access.clock()),
  );
  if (check === "refused") throw atToken("token_refused");
  if (check === "other_shop") throw atToken("token_other_store");
  return access.vault.seal(token);
}

const atToken = (message: "token_refused" | "token_other_store") =>
  new AppError("invalid", "invalid", { details: [{ path: "token", message }] });

/** What may be shown of a kept token: `whole` its end as well, to those who may change it. */
export function tokenView(
  { vault }: Pick<KaspiAccess, "vault">,
  store: { apiToken: string | null; apiTokenCheckedAt: Date | null },
  { whole }: { whole: boolean },
): TokenView | null {
  if (store.apiToken === null) return null;
  const ending = whole ? opened(vault, store.apiToken)?.slice(-4) : undefined;
  return { ending: ending ?? "????", checkedAt: store.apiTokenCheckedAt };
}
