import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";

/** The last price that Kaspi has shown because we asked for it, and the one before, ₸. */
export type PriceMove = {
  id: string;
  storeId: string;
  category: string | null;
  cost: Tenge | null;
  price: number;
  priceBefore: number;
};

/** Of each of these products in its leading city; those whose price was never changed are missing. */
export async function lastPrices(tx: Tx, productIds: readonly string[]): Promise<PriceMove[]> {
  if (productIds.length === 0) return [];
  const rows = await tx
    .selectDistinctOn([decisions.productId], {
      id: products.id,
      storeId: products.storeId,
      category: products.category,
      cost: products.cost,
      price: decisions.price,
      priceBefore: decisions.priceBefore,
    })
    .from(decisions)
    .innerJoin(
      products,
      and(eq(products.id, decisions.productId), eq(products.leadCityId, decisions.cityId)),
    )
    .where(
      and(
        sql`${decisions.productId} = any(${sql.param([...productIds])}::uuid[])`,
        eq(decisions.state, "confirmed"),
        isNotNull(decisions.price),
        isNotNull(decisions.priceBefore),
      ),
    )
    .orderBy(decisions.productId, desc(decisions.confirmedAt));
  return rows.flatMap(({ price, priceBefore, ...row }) =>
    price === null || priceBefore === null ? [] : [{ ...row, price, priceBefore }],
  );
}
