import { eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { productCities, products } from "@/lib/db/schema/products";
import type { NewProduct } from "./add-product";

/** The new row's id; null when the store has that article, and it was not taken out. */
export async function insertProduct(
  tx: Tx,
  product: NewProduct,
  now: Date,
): Promise<string | null> {
  // As one that a walk no longer meets: not on sale, and not missed by the next walk.
  const standing = { onSale: false, goneAt: now, removedAt: null, updatedAt: now };
  const [row] = await tx
    .insert(products)
    .values({ ...product, ...standing })
    .onConflictDoUpdate({
      target: [products.storeId, products.sku],
      set: { ...product, ...standing },
      setWhere: isNotNull(products.removedAt),
    })
    .returning({ id: products.id });
  return row?.id ?? null;
}

/** The cities a product stands in, for what has not left of it. */
export async function citiesOf(tx: Tx, productId: string): Promise<string[]> {
  const rows = await tx
    .select({ cityId: productCities.cityId })
    .from(productCities)
    .where(eq(productCities.productId, productId));
  return rows.map(({ cityId }) => cityId);
}

/** Hides a product as one that is gone, with its bot off; a sync that meets it brings it back. */
export async function markRemoved(tx: Tx, productId: string, now: Date): Promise<void> {
  await tx
    .update(products)
    .set({
      ...{ removedAt: now, botEnabled: false, onSale: false, updatedAt: now },
      goneAt: sql`coalesce(${products.goneAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(eq(products.id, productId));
}

const asId = sql`case when called.name ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  then called.name::uuid end`;

/**
 * Of these names the store's products: by our id, Kaspi's offer, the seller's article or the public card,
 * whichever says it first.
 */
export async function productsCalled(
  tx: Tx,
  storeId: string,
  names: string[],
): Promise<Map<string, string>> {
  const by = (rank: number, is: SQL) => sql`
    select called.name, ${products.id} as id, ${sql.raw(`${rank}`)} as rank from called
    join ${products} on ${is} where ${products.storeId} = ${storeId} and ${products.removedAt} is null`;
  const rows = await tx.execute<{ name: string; id: string }>(sql`
    with called as (select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as name)
    select distinct on (name) name, id from (
      ${by(1, sql`${products.id} = ${asId}`)} union all
      ${by(2, sql`${products.offerId} = called.name`)} union all
      ${by(3, sql`${products.sku} = called.name`)} union all
      ${by(4, sql`${products.cardId} = called.name`)}) known
    order by name, rank, id`);
  return new Map(rows.map(({ name, id }) => [name, id]));
}
