import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { productCities, products } from "@/lib/db/schema/products";
import { cityColumns } from "@/lib/products/city-queries";

const { floor, ceiling, rule, cityRule } = cityColumns;

const limitColumns = {
  productId: products.id,
  botEnabled: products.botEnabled,
  floor,
  ceiling,
  costFloor: products.costFloor,
  costGaps: products.costGaps,
  costInFull: products.costInFull,
  rule,
  cityRule,
  price: productCities.price,
};

/** Every bot of a store, city by city. */
export function botsWithLimits(tx: Tx, storeId: string) {
  return tx
    .select(limitColumns)
    .from(products)
    .innerJoin(productCities, and(eq(productCities.productId, products.id), productCities.isPriced))
    .where(and(eq(products.storeId, storeId), products.botEnabled, isNull(products.goneAt)));
}
