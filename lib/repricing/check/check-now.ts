import { type Allowance, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { inFlight } from "@/lib/core/in-flight";
import { MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { lockProduct } from "@/lib/products/queries";
import type { Check } from "./check-products";
import { repriceOne } from "./reprice-store";

const checks: Allowance = {
  action: "product.checked",
  most: 20,
  withinMs: MINUTE,
  error: "too_many_checks",
};

const shared = inFlight<Check | null>();

/**
 * `repriceOne` as a page asks for it: who asks while the same product is being looked at in the same city
 * gets that answer. Throws `rate_limited` for more than twenty a minute of one person, and as it does.
 */
export async function checkNow(
  access: KaspiAccess,
  caller: Caller,
  productId: string,
  cityId: string | null,
): Promise<Check | null> {
  const { storeId } = await access.db.transaction((tx) =>
    lockProduct(tx, caller, productId, "change_price"),
  );
  return shared(`${productId} ${cityId}`, async () => {
    const details = { product: productId, city: cityId };
    await takeAllowed(access.db, caller.id, checks, { at: access.clock(), storeId, details });
    return repriceOne(access, caller, productId, { cityId });
  });
}
