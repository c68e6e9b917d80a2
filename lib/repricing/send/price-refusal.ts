import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import type { ProductRecord } from "@/lib/products/queries";
import type { Store } from "@/lib/stores/queries";
import { type Refusal, refusalByLimits } from "./gate-rules";
import { costsOf } from "./pass-exit";
import { pricedCitiesOf } from "./publish-queries";

/**
 * What the exit gate has against one price of a person for all cities of a product, ₸, by the rows and
 * tariffs of this moment; null: nothing. Call it with the product locked.
 */
export async function priceRefusal(
  tx: Tx,
  { store, product }: { store: Store; product: ProductRecord },
  price: Tenge,
  now: Date,
): Promise<Refusal | null> {
  const cities = await pricedCitiesOf(tx, product.id);
  const { floor, ceiling, rule } = product;
  const everywhere = { floor, ceiling, rule, cityRule: {} };
  for (const city of cities.length > 0 ? cities : [everywhere]) {
    const byCost = await costsOf(tx, { store, product, city }, now);
    const refusal = refusalByLimits(price, { ...city, ...byCost });
    if (refusal) return refusal;
  }
  return null;
}
