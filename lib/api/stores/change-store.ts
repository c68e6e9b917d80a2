import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { renameStore } from "@/lib/stores/change-queries";
import { writableStore } from "@/lib/stores/queries";
import { setStorePaused } from "@/lib/stores/rest-queries";
import { saveToken } from "@/lib/stores/save-token";
import { setToken } from "@/lib/stores/token-queries";
import type { StoreChanges } from "./store-fields";

/** Changes what is otherwise, the token first: it alone may be refused. Throws as the use cases do. */
export async function changeStore(
  access: KaspiAccess,
  caller: Caller,
  storeId: string,
  { name, is_active, api_token }: StoreChanges,
): Promise<void> {
  const { db, clock } = access;
  const store = await writableStore(db, caller, storeId);
  if (api_token) await saveToken(access, caller, { storeId, token: api_token }).catch(atItsField);
  if (api_token === null && store.apiToken !== null)
    await setToken(db, caller, storeId, null, clock());
  if (name !== undefined && name !== store.name)
    await renameStore(db, caller, { storeId, name }, clock());
  if (is_active !== undefined && is_active !== store.isActive)
    await setStorePaused(db, caller, { storeId, paused: !is_active }, clock());
}

/** The use case knows the field as `token`. */
function atItsField(error: unknown): never {
  if (!isAppError(error, "invalid")) throw error;
  const details = error.details.map(({ message }) => ({ path: "api_token", message }));
  throw new AppError("invalid", "invalid", { details });
}
