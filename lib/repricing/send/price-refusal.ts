import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import type { ProductRecord } from "@/lib/products/queries";
import type { Store } from "@/lib/stores/queries";
import { pricedCitiesOf } from "./exit-lock-queries";
import { type Refusal, refusalByLimits } from "./gate-rules";
import { costsOf } from "./pass-exit";

/**
 * What the exit gate has against one price of a person for some cities of a product, ₸, by the rows and
 * tariffs of this moment; null: nothing. No city named: by what the product says. Call it with the product locked.
 */
export async function priceRefusal(
  tx: Tx,
  { store, product, cityIds }: { store: Store; product: ProductRecord; cityIds: readonly string[] },
  price: Tenge,
  now: Date,
): Promise<Refusal | null> {
  const priced = await pricedCitiesOf(tx, product.id);
  const cities = priced.filter(({ cityId }) => cityIds.includes(cityId));
  const { floor, ceiling, rule } = product;
  const everywhere = { floor, ceiling, rule, cityRule: {} };
  for (const city of cities.length > 0 ? cities : [everywhere]) {
    const byCost = await costsOf(tx, { store, product, city }, now);
    const refusal = refusalByLimits(price, { ...city, ...byCost });
    if (refusal) return refusal;
  }
  return null;
}
