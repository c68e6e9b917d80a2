import { and, eq, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { wantsAttention } from "@/lib/products/list-queries";
import { inMainCity, isKept } from "@/lib/products/queries";

const counted = (condition: unknown) => sql<number>`(count(*) filter (where ${condition}))::int`;

/** A store in numbers; call it with a store the caller may see. */
export async function storeStats(tx: Tx, caller: Caller, storeId: string) {
  const [row] = await tx
    .select({
      total_products: sql<number>`count(*)::int`,
      active_bots: counted(eq(products.botEnabled, true)),
      with_strategy: counted(sql`${products.rule} ? 'strategy'`),
      with_limits: counted(sql`${products.floor} is not null or ${products.ceiling} is not null`),
      avg_price: sql<number | null>`round(avg(${products.price}))::int`,
      first_place: counted(eq(productCities.place, 1)),
      needs_attention: counted(wantsAttention),
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(and(eq(products.storeId, storeId), mayRead(caller, "view_product"), isKept));
  if (!row) throw new Error("count of products returned nothing");
  return row;
}
