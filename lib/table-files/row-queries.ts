import { and, eq, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isOwn, mayRead } from "@/lib/auth/permissions";
import type { Costs } from "@/lib/costs/model";
import type { Tx } from "@/lib/db/client";
import { productCosts } from "@/lib/db/schema/costs";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { productCities, products } from "@/lib/db/schema/products";
import type { Preorder } from "@/lib/preorders/model";
import { inMainCity, isKept } from "@/lib/products/queries";
import { activePoints, stocksKept } from "@/lib/products/stock-queries";
import { subjectColumns, withRule } from "@/lib/repricing/bulk/bulk-queries";
import { codeOfPoint } from "./field-model";

const isOneOf = (ids: readonly string[]) => sql`${products.id} = any(${sql.param(ids)}::uuid[])`;

const cityName = sql<string | null>`(select ${pickupPoints.cityName} from ${pickupPoints}
  where ${pickupPoints.storeId} = ${products.storeId}
    and ${pickupPoints.cityId} = ${products.leadCityId} limit 1)`;

const costs = {
  cost: productCosts.cost,
  packaging: productCosts.packaging,
  other: productCosts.other,
  returns: productCosts.returns,
  weightGrams: productCosts.weightGrams,
  delivery: productCosts.delivery,
  minProfit: productCosts.minProfit,
  minMargin: productCosts.minMargin,
};

type OpenPreorder = Pick<Preorder, "id" | "leadDays" | "points" | "ending">;

/** The product's preorder that is not over; null: there is none. */
const openPreorder = sql<OpenPreorder | null>`(select jsonb_build_object('id', o.id,
    'leadDays', o.lead_days, 'points', o.points, 'ending', o.ending) from ${preorders} o
  where o.product_id = ${products.id} and o.status in ('draft', 'sent', 'active') limit 1)`;

/** Full ids of a store's points by the code that stands in a header, in capitals. */
export type PointsByCode = ReadonlyMap<string, string>;

/** A product with all that a table can say of it. */
export type TableRow = Awaited<ReturnType<typeof tableRows>>[number];

/** Those of these products that the caller may see, in no order. */
export async function tableRows(
  tx: Tx,
  caller: Caller,
  ids: readonly string[],
  points: StorePoints,
) {
  const rows = await tx
    .select({
      ...subjectColumns(caller),
      sku: products.sku,
      brand: products.brand,
      category: products.category,
      note: products.note,
      kaspiStock: products.stock,
      storeName: stores.name,
      cityName,
      place: productCities.place,
      placesTotal: productCities.placesTotal,
      bestRivalPrice: productCities.bestRivalPrice,
      /** Null: nothing was ever said. */
      costs,
      stocks: stocksKept,
      preorder: openPreorder,
      isGone: sql<boolean>`${products.goneAt} is not null`,
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .leftJoin(
      productCosts,
      and(eq(productCosts.productId, products.id), isNull(productCosts.supersededAt)),
    )
    .where(and(isOneOf(ids), mayRead(caller, "view_product"), isKept));
  return rows.map((row) => ({
    ...withRule(row),
    costs: row.costs as Costs | null,
    points: points.get(row.storeId) ?? none,
  }));
}

export type StorePoints = ReadonlyMap<string, PointsByCode>;
const none: PointsByCode = new Map();

/** The points of these stores by their codes: `30067228_PP1` is called PP1. */
export async function pointsOfStores(tx: Tx, storeIds: readonly string[]): Promise<StorePoints> {
  const all = new Map<string, Map<string, string>>();
  for (const { storeId, pointId } of await activePoints(tx, storeIds)) {
    const ofStore = all.get(storeId) ?? new Map();
    all.set(storeId, ofStore.set(codeOfPoint(pointId), pointId));
  }
  return all;
}

/** The stores of these products. */
export async function storesOfProducts(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ storeId: products.storeId })
    .from(products)
    .where(isOneOf(ids));
  return rows.map(({ storeId }) => storeId);
}

/** The products with these articles that the caller may see, of one store or of all their own. */
export function productsCalled(
  tx: Tx,
  caller: Caller,
  storeId: string | null,
  articles: readonly string[],
): Promise<{ id: string; sku: string }[]> {
  return tx
    .select({ id: products.id, sku: products.sku })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(
      and(
        sql`${products.sku} = any(${sql.param(articles)}::text[])`,
        mayRead(caller, "view_product"),
        isKept,
        storeId === null ? isOwn(caller) : eq(products.storeId, storeId),
      ),
    );
}
