import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { changePreorder } from "./change-preorder";
import { createPreorder } from "./create-preorders";
import { endPreorder } from "./end-preorder";
import type { PointQuantity } from "./model";

type Meant = {
  productId: string;
  storeId: string;
  /** The product's preorder that is not over. */
  openId: string | null;
  /** Null: it is to have none. */
  terms: { leadDays: number; points: PointQuantity[] } | null;
};

/**
 * Lets a product have a preorder of these terms: a draft where it has none, a change of its own, or its end.
 * Throws as `createPreorder`, `changePreorder` and `endPreorder`.
 */
export async function putPreorder(
  tx: Tx,
  caller: Caller,
  { productId, storeId, openId, terms }: Meant,
  now: Date,
): Promise<void> {
  if (terms === null) {
    if (openId !== null) await endPreorder(tx, caller, { id: openId, how: "cancelled" }, now);
  } else if (openId === null)
    await createPreorder(tx, caller, { productId, storeId, ...terms, price: null }, now);
  else await changePreorder(tx, caller, { id: openId, ...terms, confirm: false }, now);
}
