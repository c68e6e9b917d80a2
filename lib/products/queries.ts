import { and, eq, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { ChangePermission } from "@/lib/auth/permission-model";
import { isPermitted, mayRead, permitted } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { cityColumns } from "./city-queries";
import { countingCeiling, countingFloor } from "./limit-queries";
import type { Product, ProductRow } from "./model";

export type ProductRecord = typeof products.$inferSelect;

/** The price Kaspi shows in the leading city, as last read. */
export const shown = sql<ProductRow["price"]>`coalesce(${productCities.price}, ${products.price})`;

/** The highest price of a product that a floor for all its cities counts for, ₸. Needs `stores` as well. */
export const dearest = sql<ProductRow["price"]>`greatest(${shown},
  case when ${stores.pricedCities} is not null or ${products.pricedCities} is not null then (
    select max(c.price) from ${productCities} c
    where c.product_id = ${products.id} and c.is_priced and c.floor is null) end)`;

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
  countingFloor,
  cost: products.cost,
  costFloor: products.costFloor,
  costGaps: products.costGaps,
  costInFull: products.costInFull,
  ceiling: products.ceiling,
  countingCeiling,
  anchor: products.anchor,
  botEnabled: products.botEnabled,
  manualLock: products.manualLock,
  onSale: products.onSale,
  isGone: sql<boolean>`${products.goneAt} is not null`,
  stock: products.stock,
  citiesCount: sql<number>`(select count(*)::int from ${productCities} c
    where c.product_id = ${products.id} and c.is_priced)`,
  place: productCities.place,
  placesTotal: productCities.placesTotal,
  bestRivalPrice: productCities.bestRivalPrice,
  observedAt: productCities.observedAt,
  nextCheckAt: productCities.nextCheckAt,
  lastDecision,
};

/** The city a product is shown by: the store's main one, or its first where it is not sold there. */
export const inMainCity = and(
  eq(productCities.productId, products.id),
  eq(productCities.cityId, products.leadCityId),
);

/** In an open store, and not taken out of the office. Needs `stores` beside it. */
export const isKept = and(isNull(stores.archivedAt), isNull(products.removedAt));

/**
 * A product the caller may see, or `not_found`. Market, limits and decision are those of the city, or of
 * its leading one.
 */
export async function findProduct(
  tx: Tx,
  caller: Caller,
  productId: string,
  city: string | null = null,
): Promise<Product> {
  const cityId = city === null ? sql`${products.leadCityId}` : sql`${city}::text`;
  const { floor, ceiling, anchor, manualLock } = cityColumns;
  const [row] = await tx
    .select({
      ...rowColumns,
      price: city === null ? shown : productCities.price,
      floor,
      ceiling,
      anchor,
      manualLock: sql<boolean>`coalesce(${manualLock}, false)`,
      ownFloor: productCities.floor,
      ownCeiling: productCities.ceiling,
      productFloor: products.floor,
      productCeiling: products.ceiling,
      hasCityPrices: sql<boolean>`${products.cityPrices} is not null`,
      storeHasCities: sql<boolean>`coalesce(cardinality(${stores.pricedCities}), 0) > 0`,
      pricedCities: products.pricedCities,
      brand: products.brand,
      cityId: sql<string>`coalesce(${cityId}, '')`,
      cityName: sql<string | null>`(select ${pickupPoints.cityName} from ${pickupPoints}
        where ${pickupPoints.storeId} = ${products.storeId} and ${pickupPoints.cityId} = ${cityId} limit 1)`,
      goneAt: products.goneAt,
      lastCheckedAt: productCities.lastCheckedAt,
      placeChangedAt: productCities.placeChangedAt,
      rivalsCount: productCities.rivalsCount,
      failures: sql<number>`coalesce(${productCities.failures}, 0)`,
      observationId: productCities.observationId,
      note: products.note,
      isWritable: isPermitted(caller, "change_price"),
      mayChangeRule: isPermitted(caller, "change_rule"),
      mayApprove: isPermitted(caller, "approve_decision"),
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(
      productCities,
      and(
        eq(productCities.productId, products.id),
        sql`${productCities.cityId} = ${cityId}`,
        productCities.isPriced,
      ),
    )
    .leftJoin(decisions, eq(decisions.id, productCities.lastDecisionId))
    .where(and(eq(products.id, productId), mayRead(caller, "view_product"), isKept));
  if (!row) throw new AppError("not_found", "product_not_found");
  return row;
}

/** Locks the product for a change by the caller. Throws `not_found`, `forbidden`. */
export async function lockProduct(
  tx: Tx,
  caller: Caller,
  productId: string,
  permission: ChangePermission,
): Promise<ProductRecord> {
  const [row] = await tx
    .select({ product: products, isPermitted: isPermitted(caller, permission) })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(and(eq(products.id, productId), mayRead(caller, "view_product"), isKept))
    // A decision that refers to the product need not wait for this lock, or both wait for ever.
    .for("no key update", { of: products });
  return permitted(row, permission, "product_not_found").product;
}

type SellerFields = Pick<
  ProductRecord,
  "botEnabled" | "floor" | "ceiling" | "anchor" | "manualLock" | "rule" | "pricedCities" | "note"
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

/** What Kaspi shows for the product in its leading city, as last read. */
export const shownPrice = (tx: Tx, productId: string) => priceOf(tx, productId, shown);

/** What a floor for all cities of the product is compared with. */
export const dearestPrice = (tx: Tx, productId: string) => priceOf(tx, productId, dearest);

async function priceOf(
  tx: Tx,
  productId: string,
  price: typeof shown,
): Promise<ProductRecord["price"]> {
  const [row] = await tx
    .select({ price })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(eq(products.id, productId));
  return row?.price ?? null;
}
