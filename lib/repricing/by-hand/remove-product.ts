import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { citiesOf, markRemoved } from "@/lib/products/add-queries";
import { lockProduct } from "@/lib/products/queries";
import { lockLedger, supersede, unsentOf } from "@/lib/repricing/ledger/ledger-queries";

/**
 * Takes a product out of the office: its bot is off and what had not left of it gives way. Its history
 * stays. What Kaspi still lists is back after the next sync, with the bot off. Throws `not_found`, `forbidden`.
 */
export async function removeProduct(
  db: Tx,
  caller: Caller,
  productId: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { storeId, sku } = await lockProduct(tx, caller, productId, "change_price");
    await lockLedger(tx, storeId);
    const cities = await citiesOf(tx, productId);
    await supersede(
      tx,
      await unsentOf(
        tx,
        cities.map((cityId) => ({ productId, cityId })),
      ),
    );
    await markRemoved(tx, productId, now);
    const entry = { at: now, userId: caller.id, storeId, subjectId: productId };
    await audit(tx, { ...entry, action: "product.removed", details: { sku } });
  });
}
