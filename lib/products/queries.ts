import { and, eq, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead, mayWrite } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import type { Product, ProductRow } from "./model";

export type ProductRecord = typeof products.$inferSelect;

/** The price Kaspi shows in the store's main city, as last read. */
export const shown = sql<ProductRow["price"]>`coalesce(${productCities.price}, ${products.price})`;

const lastDecision = {
  id: decisions.id,
  kind: decisions.kind,
  origin: decisions.origin,
  reason: decisions.reason,
  params: decisions.params,
  price: decisions.price,
  state: decisions.state,
  stateReason: decisions.stateReason,
  stateParams: decisions.stateParams,
  decidedAt: decisions.decidedAt,
  notBefore: decisions.notBefore,
  sentAt: decisions.sentAt,
  confirmedAt: decisions.confirmedAt,
};

export const rowColumns = {
  id: products.id,
  storeId: products.storeId,
  storeName: stores.name,
  sku: products.sku,
  cardId: products.cardId,
  name: products.name,
  imageUrl: products.imageUrl,
  shopPath: products.shopPath,
  category: products.category,
  price: shown,
  floor: products.floor,
  ceiling: products.ceiling,
  anchor: products.anchor,
  botEnabled: products.botEnabled,
  manualLock: products.manualLock,
  onSale: products.onSale,
  isGone: sql<boolean>`${products.goneAt} is not null`,
  stock: products.stock,
  place: productCities.place,
  placesTotal: productCities.placesTotal,
  bestRivalPrice: productCities.bestRivalPrice,
  observedAt: productCities.observedAt,
  nextCheckAt: productCities.nextCheckAt,
  lastDecision,
};

/** The city a product is priced in: the store's main one. */
export const inMainCity = and(
  eq(productCities.productId, products.id),
  eq(productCities.cityId, stores.mainCityId),
);

/** A product the caller may see, or `not_found`. */
export async function findProduct(tx: Tx, caller: Caller, productId: string): Promise<Product> {
  const [row] = await tx
    .select({
      ...rowColumns,
      brand: products.brand,
      cityId: sql<string>`coalesce(${stores.mainCityId}, '')`,
      cityName: sql<string | null>`(select ${pickupPoints.cityName} from ${pickupPoints}
        where ${pickupPoints.storeId} = ${products.storeId} and ${pickupPoints.cityId} = ${stores.mainCityId} limit 1)`,
      goneAt: products.goneAt,
      lastCheckedAt: productCities.lastCheckedAt,
      failures: sql<number>`coalesce(${productCities.failures}, 0)`,
      observationId: productCities.observationId,
      isWritable: sql<boolean>`${mayWrite(caller)}`,
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .leftJoin(decisions, eq(decisions.id, productCities.lastDecisionId))
    .where(and(eq(products.id, productId), mayRead(caller), isNull(stores.archivedAt)));
  if (!row) throw new AppError("not_found", "product_not_found");
  return row;
}

/** Locks the product for a change by the caller, or throws `not_found`. */
export async function lockProduct(
  tx: Tx,
  caller: Caller,
  productId: string,
): Promise<ProductRecord> {
  const [row] = await tx
    .select({ product: products })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(and(eq(products.id, productId), mayWrite(caller), isNull(stores.archivedAt)))
    // A decision that refers to the product need not wait for this lock, or both wait for ever.
    .for("no key update", { of: products });
  if (!row) throw new AppError("not_found", "product_not_found");
  return row.product;
}

type SellerFields = Pick<
  ProductRecord,
  "botEnabled" | "floor" | "ceiling" | "anchor" | "manualLock" | "rule"
>;

/** Stores what the seller set. */
export async function setSellerFields(
  tx: Tx,
  productId: string,
  fields: Partial<SellerFields>,
  now: Date,
): Promise<void> {
  await tx
    .update(products)
    .set({ ...fields, updatedAt: now })
    .where(eq(products.id, productId));
}

/** What Kaspi shows for the product in the store's main city, as last read. */
export async function shownPrice(tx: Tx, productId: string): Promise<ProductRecord["price"]> {
  const [row] = await tx
    .select({
      price: sql<ProductRecord["price"]>`coalesce(${productCities.price}, ${products.price})`,
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(eq(products.id, productId));
  return row?.price ?? null;
}

/** Everything of a page of Kaspi's list that a sync may write; what the seller set is not among it. */
export type SyncedProduct = Pick<
  ProductRecord,
  | "sku"
  | "cardId"
  | "offerId"
  | "name"
  | "brand"
  | "category"
  | "imageUrl"
  | "shopPath"
  | "price"
  | "stock"
  | "onSale"
>;

/** Writes one page of the list in one statement per table. Returns how many rows were new. */
export async function upsertProducts(
  tx: Tx,
  store: { storeId: string; mainCityId: string },
  page: SyncedProduct[],
  now: Date,
): Promise<{ created: number }> {
  if (page.length === 0) return { created: 0 };
  const excluded = (column: string) => sql.raw(`excluded.${column}`);
  const rows = await tx
    .insert(products)
    .values(page.map((product) => ({ ...product, storeId: store.storeId, seenAt: now })))
    .onConflictDoUpdate({
      target: [products.storeId, products.sku],
      set: {
        cardId: excluded("card_id"),
        offerId: excluded("offer_id"),
        name: excluded("name"),
        brand: excluded("brand"),
        category: excluded("category"),
        imageUrl: excluded("image_url"),
        shopPath: excluded("shop_path"),
        price: excluded("price"),
        stock: excluded("stock"),
        onSale: excluded("on_sale"),
        goneAt: null,
        seenAt: now,
        updatedAt: now,
      },
    })
    .returning({ id: products.id, price: products.price, isNew: sql<boolean>`xmax = 0` });
  await tx
    .insert(productCities)
    .values(
      rows
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map((row) => ({
          productId: row.id,
          storeId: store.storeId,
          cityId: store.mainCityId,
          price: row.price,
          nextCheckAt: now,
        })),
    )
    .onConflictDoUpdate({
      target: [productCities.productId, productCities.cityId],
      set: { price: excluded("price") },
    });
  return { created: rows.filter((row) => row.isNew).length };
}

/** How many products of the store the walk that began at `since` has met. */
export async function countSeen(tx: Tx, storeId: string, since: Date): Promise<number> {
  const [row] = await tx
    .select({ seen: sql<number>`count(*)::int` })
    .from(products)
    .where(and(eq(products.storeId, storeId), sql`${products.seenAt} >= ${since.toISOString()}`));
  return row?.seen ?? 0;
}

/** How many products of the store are known and not gone. */
export async function countKnown(tx: Tx, storeId: string): Promise<number> {
  const [row] = await tx
    .select({ known: sql<number>`count(*)::int` })
    .from(products)
    .where(and(eq(products.storeId, storeId), isNull(products.goneAt)));
  return row?.known ?? 0;
}

/** After a complete walk: what it did not meet is gone from Kaspi. Nothing is deleted. */
export async function markGone(tx: Tx, storeId: string, since: Date, now: Date): Promise<number> {
  const gone = await tx
    .update(products)
    .set({ goneAt: now, onSale: false, updatedAt: now })
    .where(
      and(
        eq(products.storeId, storeId),
        isNull(products.goneAt),
        sql`${products.seenAt} < ${since.toISOString()}`,
      ),
    )
    .returning({ id: products.id });
  return gone.length;
}

/** Refreshes the number shown on the store. */
export async function recountProducts(tx: Tx, storeId: string): Promise<number> {
  const [row] = await tx
    .update(stores)
    .set({
      productsCount: sql`(select count(*)::int from ${products} where ${products.storeId} = ${storeId} and ${products.goneAt} is null)`,
    })
    .where(eq(stores.id, storeId))
    .returning({ count: stores.productsCount });
  return row?.count ?? 0;
}
