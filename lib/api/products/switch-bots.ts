import type { Caller } from "@/lib/auth/model";
import type { KaspiAccess } from "@/lib/exits/access";
import { productsCalled } from "@/lib/products/add-queries";
import { skippedItems } from "@/lib/repricing/bulk/bulk-batch-queries";
import type { BulkWhy } from "@/lib/repricing/bulk/bulk-model";
import { changeBatch, changeMany } from "@/lib/repricing/bulk/change-many";
import { writableStore } from "@/lib/stores/queries";

type Switch = { storeId: string; names: string[]; enabled: boolean };
export type Switched = {
  /** How many stand as was asked, those that already did among them. */
  done: number;
  failed: { id: string; why: BulkWhy | "not_found" }[];
};

/**
 * Switches the bots of these products of a store, called by our id or by any of Kaspi's, as a change of many
 * that can be undone as a whole; here it is waited for. Throws `not_found`, `forbidden`, and `rate_limited`
 * while three changes of the caller are under way.
 */
export async function switchBots(
  { db, clock }: KaspiAccess,
  caller: Caller,
  { storeId, names, enabled }: Switch,
): Promise<Switched> {
  await writableStore(db, caller, storeId, "change_price");
  const called = await productsCalled(db, storeId, names);
  const ids = [...new Set(called.values())];
  const skipped = ids.length > 0 ? await switchAll(ids) : new Map<string, BulkWhy>();
  const failed = names.flatMap((id): Switched["failed"] => {
    const productId = called.get(id);
    if (productId === undefined) return [{ id, why: "not_found" }];
    const why = skipped.get(productId);
    return why === undefined ? [] : [{ id, why }];
  });
  return { done: ids.length - skipped.size, failed };

  async function switchAll(productIds: string[]) {
    const change = { kind: "bot", enabled } as const;
    const selection = { kind: "ids", ids: productIds } as const;
    const runId = await changeMany(db, caller, { selection, change, confirm: false }, clock());
    while (await changeBatch(db, runId, clock()));
    return skippedItems(db, runId);
  }
}
