import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";

/** The price that Kaspi shows now, and the last other one that it had shown because we asked for it, ₸. */
export type PriceMove = {
  id: string;
  storeId: string;
  category: string | null;
  cost: Tenge | null;
  price: Tenge;
  priceBefore: Tenge;
};

/** Of each of these products in its leading city; those without an earlier price are missing. */
export async function lastPrices(tx: Tx, productIds: readonly string[]): Promise<PriceMove[]> {
  if (productIds.length === 0) return [];
  // Whoever has changed the price in the cabinet since has made the decision's own price the earlier one.
  const before = sql<Tenge>`case when ${decisions.price} = ${productCities.price}
    then ${decisions.priceBefore} else ${decisions.price} end`;
  const rows = await tx
    .selectDistinctOn([decisions.productId], {
      id: products.id,
      storeId: products.storeId,
      category: products.category,
      cost: products.cost,
      price: sql<Tenge>`${productCities.price}`,
      priceBefore: before,
    })
    .from(decisions)
    .innerJoin(
      products,
      and(eq(products.id, decisions.productId), eq(products.leadCityId, decisions.cityId)),
    )
    .innerJoin(
      productCities,
      and(
        eq(productCities.productId, decisions.productId),
        eq(productCities.cityId, decisions.cityId),
      ),
    )
    .where(
      and(
        sql`${decisions.productId} = any(${sql.param([...productIds])}::uuid[])`,
        eq(decisions.state, "confirmed"),
        isNotNull(decisions.price),
        isNotNull(decisions.priceBefore),
        isNotNull(productCities.price),
      ),
    )
    .orderBy(decisions.productId, desc(decisions.confirmedAt));
  return rows.filter(({ price, priceBefore }) => price !== priceBefore);
}
