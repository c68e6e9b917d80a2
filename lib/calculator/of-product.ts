import type { Caller } from "@/lib/auth/model";
import { isAppError } from "@/lib/core/errors";
import { noCosts } from "@/lib/costs/model";
import { currentCosts } from "@/lib/costs/queries";
import type { Tx } from "@/lib/db/client";
import { findProduct } from "@/lib/products/queries";
import type { Texts } from "./field-model";

const asRate = (rate: number | null) => (rate === null ? null : `${rate / 100}`);

/**
 * What is known of a product, as the fields would have it: its price, its costs, its category and store.
 * Null for one the caller does not see.
 */
export async function textsOfProduct(
  tx: Tx,
  caller: Caller,
  productId: string,
): Promise<Texts | null> {
  const product = await findProduct(tx, caller, productId).catch((error: unknown) => {
    if (isAppError(error, "not_found")) return null;
    throw error;
  });
  if (!product) return null;
  const costs = (await currentCosts(tx, [product.id])).get(product.id) ?? noCosts;
  const said: Partial<Record<keyof Texts, string | number | null>> = {
    price: product.price,
    cost: costs.cost,
    category: product.category,
    store: product.storeId,
    weight: costs.weightGrams,
    delivery: costs.delivery,
    packaging: costs.packaging,
    other: costs.other,
    returns: costs.returns,
    profit: costs.minProfit,
    margin: asRate(costs.minMargin),
  };
  const known = Object.entries(said).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, `${value}`]));
}
