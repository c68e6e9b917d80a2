import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { writableStore } from "@/lib/stores/queries";
import { insertProduct } from "./add-queries";

export type NewProduct = {
  storeId: string;
  /** The seller's article. */
  sku: string;
  cardId: string | null;
  name: string;
  brand: string | null;
  category: string | null;
  imageUrl: string | null;
};

/**
 * Makes a product known before Kaspi's list shows it. Until a sync meets its article it is not on sale and
 * no price of it is sent. One that was taken out of the office comes back. Returns its id. Throws
 * `not_found`, `forbidden`, and `conflict` for an article that is known.
 */
export async function addProduct(
  tx: Tx,
  caller: Caller,
  product: NewProduct,
  now: Date,
): Promise<string> {
  const { storeId } = product;
  await writableStore(tx, caller, storeId, "change_price");
  const subjectId = await insertProduct(tx, product, now);
  if (subjectId === null) throw new AppError("conflict", "sku_taken");
  const details = { sku: product.sku };
  await audit(tx, {
    ...{ at: now, userId: caller.id, storeId, subjectId, details },
    action: "product.added",
  });
  return subjectId;
}
