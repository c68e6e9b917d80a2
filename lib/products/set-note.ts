import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { lockProduct, setSellerFields } from "./queries";

/** Our words about the product; null for none. */
export async function setProductNote(
  db: Db,
  caller: Caller,
  { productId, note }: { productId: string; note: string | null },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId, "change_price");
    await setSellerFields(tx, productId, { note }, now);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.note_changed",
      subjectId: productId,
      details: { from: product.note, to: note },
    });
  });
}
