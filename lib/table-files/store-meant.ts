import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { listStores, readableStore } from "@/lib/stores/queries";
import type { ReadTable } from "./table-model";

/** The store, and the number its points begin with. */
type StoreMeant = { id: string; merchantId: string };

/**
 * The store a file is about; null: all of the caller's own. A price list is of one: of the seller it names,
 * else of the one chosen, else of the only one there is. Throws `not_found`, and `invalid` for a price list of
 * nobody, or of another store than the one chosen.
 */
export async function storeMeant(
  tx: Tx,
  caller: Caller,
  chosen: string | null,
  { kind, merchantId }: Pick<ReadTable, "kind" | "merchantId">,
): Promise<StoreMeant | null> {
  const store = chosen === null ? null : await readableStore(tx, caller, chosen);
  if (kind !== "price_list") return store;
  const stores = await listStores(tx, caller);
  if (merchantId === null) {
    const only = store ?? (stores.length === 1 ? stores[0] : null);
    if (!only) throw new AppError("invalid", "price_list_store");
    return only;
  }
  const named = stores.find((one) => one.merchantId === merchantId);
  if (named && (!store || store.id === named.id)) return named;
  // People put a word of their own there: then the store they chose is meant.
  if (store && !named && !/^\d+$/.test(merchantId)) return store;
  throw new AppError("invalid", "price_list_other_store", {
    params: { merchant: merchantId.slice(0, 40) },
  });
}
