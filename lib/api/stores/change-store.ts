import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { renameStore } from "@/lib/stores/change-queries";
import { writableStore } from "@/lib/stores/queries";
import { setStorePaused } from "@/lib/stores/rest-queries";
import { acceptedToken } from "@/lib/stores/save-token";
import { setToken } from "@/lib/stores/token-queries";
import type { StoreChanges } from "./store-fields";

/** Changes what is otherwise, all of it or nothing: Kaspi, which may refuse a token, is asked before. Throws as the use cases do. */
export async function changeStore(
  access: KaspiAccess,
  caller: Caller,
  storeId: string,
  { name, is_active, api_token }: StoreChanges,
): Promise<void> {
  const { db, clock } = access;
  const sealed = api_token
    ? await acceptedToken(access, caller, { storeId, token: api_token }).catch(atItsField)
    : api_token;
  const now = clock();
  await db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId);
    // The pause first: it locks prices, and a price is locked before its store.
    if (is_active !== undefined && is_active !== store.isActive)
      await setStorePaused(tx, caller, { storeId, paused: !is_active }, now);
    if (name !== undefined && name !== store.name)
      await renameStore(tx, caller, { storeId, name }, now);
    if (sealed !== undefined && sealed !== store.apiToken)
      await setToken(tx, caller, storeId, sealed, now);
  });
}

/** The use case knows the field as `token`. */
function atItsField(error: unknown): never {
  if (!isAppError(error, "invalid")) throw error;
  const details = error.details.map(({ message }) => ({ path: "api_token", message }));
  throw new AppError("invalid", "invalid", { details });
}
