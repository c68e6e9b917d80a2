import { askCabinet } from "@/lib/accounts/ask-cabinet";
import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import type { CabinetSession } from "@/lib/kaspi/session";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import type { Store } from "@/lib/stores/queries";
import type { Upload } from "./upload-queries";

export type StoreAtWork = Store & { accountId: string };

/** The store of an upload. Throws `conflict` for one that is not at work. */
export async function storeOf({ db }: KaspiAccess, { storeId }: Upload): Promise<StoreAtWork> {
  const store = await storeAtWork(db, storeId);
  if (!store) throw new AppError("conflict", "store_paused");
  return store;
}

/** Asks the store's cabinet about files. Throws as `askCabinet`. */
export const ask = <T>(
  access: KaspiAccess,
  { id, accountId }: StoreAtWork,
  work: (cabinet: CabinetSession) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> =>
  askCabinet(access, { accountId, channel: { name: "read_back", of: id } }, work, signal);
