import type { Caller } from "@/lib/auth/model";
import { isAppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { ProductRecord } from "@/lib/products/queries";
import { requireMeant, setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { ruleOf } from "@/lib/repricing/check/check-products";
import { subjectOf } from "@/lib/repricing/check/check-queries";
import { storeRule } from "@/lib/stores/queries";
import type { Preorder } from "./model";

type Asked = Pick<Preorder, "price" | "priceTyped"> & { product: ProductRecord };
type Meant = { confirm: boolean; now: Date };

/**
 * Asks for the price that a person has named for goods on sale: as a person's price, with its own gate, ledger
 * and undo, for a preorder never changes it. The price that is to put goods on sale is judged as one typed.
 * Throws as `setPriceByHand`. Call it with the product locked.
 */
export async function askPrice(
  tx: Tx,
  caller: Caller,
  { product, price, priceTyped }: Asked,
  { confirm, now }: Meant,
): Promise<void> {
  const subject = await subjectOf(tx, product.id, now);
  if (!product.onSale) {
    const { rule } = ruleOf(await storeRule(tx, product.storeId), subject ?? product);
    const { freeze, ceiling } = rule;
    const current = subject?.shownPrice ?? product.price;
    return requireMeant(
      { price, floor: rule.floor ?? product.floor, ceiling, current, freeze },
      confirm,
    );
  }
  const current = subject && (subject.inFlightPrice ?? subject.shownPrice);
  if (!priceTyped || !subject || current === price) return;
  await setPriceByHand(tx, caller, product.id, { price, confirm }, now);
}

/** The same as a value: why the price is not asked for, by the key of its text; null: all is well. */
export async function askPriceOrSay(...asked: Parameters<typeof askPrice>): Promise<string | null> {
  const [tx, ...rest] = asked;
  try {
    await tx.transaction((inner) => askPrice(inner, ...rest));
    return null;
  } catch (error) {
    if (!isAppError(error, "invalid", "confirmation_needed")) throw error;
    return error.key;
  }
}
