import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { merchants } from "@/lib/db/schema/repricing";
import { inMainCity } from "@/lib/products/queries";
import type { Rival } from "./list-model";

const openStores = (caller: Caller, store: string | undefined): SQL | undefined =>
  and(
    mayRead(caller, "view_product"),
    isNull(stores.archivedAt),
    store ? eq(stores.id, store) : undefined,
  );

/**
 * Every seller seen beside us on the caller's cards, in the city each is shown by. A merchant that has
 * become ours since is left out. Half a second over 50,000 products with ten rivals each.
 */
export async function listRivals(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
): Promise<Rival[]> {
  const ours = tx
    .selectDistinct({ id: stores.merchantId })
    .from(stores)
    .where(isNotNull(stores.firstClaimedAt));
  const own = sql`coalesce(${productCities.price}, ${products.price})`;
  const seen = tx
    .select({
      merchantId: sql<string>`seen.id`.as("merchant_id"),
      cards: sql<number>`count(*)::int`.as("cards"),
      cheaper: sql<number>`(count(*) filter (where seen.price < ${own}))::int`.as("cheaper"),
      gap: sql<number | null>`percentile_disc(0.5) within group
        (order by (seen.price - ${own})::bigint * 1000 / nullif(${own}, 0))::int`.as("gap"),
      seenAt: sql<string | null>`max(${productCities.observedAt})`.as("seen_at"),
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .innerJoin(productCities, inMainCity)
    .innerJoin(
      sql`lateral unnest(${productCities.rivalIds}, ${productCities.rivalPrices}) as seen(id, price)`,
      sql`true`,
    )
    .where(and(openStores(caller, store), isNull(products.goneAt), sql`seen.id not in ${ours}`))
    .groupBy(sql`seen.id`)
    .as("rivals");
  const rows = await tx
    .select({
      merchantId: seen.merchantId,
      name: sql<string>`coalesce(${merchants.name}, ${seen.merchantId})`,
      cards: seen.cards,
      cheaper: seen.cheaper,
      gap: seen.gap,
      seenAt: seen.seenAt,
    })
    .from(seen)
    .leftJoin(merchants, eq(merchants.id, seen.merchantId));
  return rows.map(({ seenAt, ...row }) => ({
    ...row,
    seenAt: seenAt === null ? null : new Date(seenAt),
  }));
}
