import type { Caller } from "@/lib/auth/model";
import type { Tenge } from "@/lib/core/money";
import type { Db } from "@/lib/db/client";
import { writableStore } from "@/lib/stores/queries";
import { goodsOnSale } from "./goods-queries";
import { offersOfVersion, readableVersion } from "./read-version";
import { type Back, backOf } from "./rollback-rules";

/** `worst`: the deepest cut, by its share. */
export type RollbackPreview = {
  raised: number;
  lowered: number;
  worst: { name: string; from: Tenge; to: Tenge } | null;
};

/**
 * How many prices putting a version's back would ask for, and the deepest cut of them; limits may keep some.
 * Throws `not_found`, `forbidden`.
 */
export async function previewRollback(
  db: Db,
  caller: Caller,
  listId: string,
): Promise<RollbackPreview> {
  const { storeId } = await readableVersion(db, caller, listId);
  await writableStore(db, caller, storeId, "change_price");
  const offers = await offersOfVersion(db, listId);
  const seen: RollbackPreview = { raised: 0, lowered: 0, worst: null };
  for await (const batch of goodsOnSale(db, storeId))
    for (const goods of batch)
      for (const back of backOf(goods, offers.get(goods.sku))) count(seen, goods.name, back);
  return seen;
}

function count(seen: RollbackPreview, name: string, { price: to, now: from }: Back): void {
  if (from === null || to > from) {
    seen.raised += 1;
    return;
  }
  seen.lowered += 1;
  if (seen.worst === null || to * seen.worst.from < seen.worst.to * from)
    seen.worst = { name, from, to };
}
