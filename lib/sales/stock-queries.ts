import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { salesProductDays as days } from "@/lib/db/schema/sales";
import { isKept } from "@/lib/products/queries";
import { daysLeftOf, isOwnCount, lately, piecesThere } from "@/lib/products/stock-pace-queries";
import { LOW_DAYS, type StockView } from "./stock-model";

/** How much of a product there is and how fast it goes. */
export type StockLine = {
  productId: string;
  storeName: string;
  sku: string;
  name: string;
  imageUrl: string | null;
  onSale: boolean;
  /** Pieces by the seller's own count, else by Kaspi's; null: nobody counts them. */
  stock: number | null;
  isOwnCount: boolean;
  /** Units sold in the last days (`VELOCITY_DAYS`). */
  sold: number;
  /** Until nothing is left at that pace; null: nothing is sold, or nobody counts. */
  daysLeft: number | null;
};

type Wanted = {
  storeId: string | undefined;
  view: StockView;
  now: Date;
  limit: number;
  offset: number;
};

/** Products by how soon they run out, the soonest first, and how many there are. */
export async function stockLines(
  tx: Tx,
  caller: Caller,
  { storeId, view, now, limit, offset }: Wanted,
): Promise<{ rows: StockLine[]; total: number }> {
  const sold = tx
    .select({ productId: days.productId, units: sql<number>`sum(${days.units})`.as("units") })
    .from(days)
    .where(lately(now))
    .groupBy(days.productId)
    .as("sold");
  const units = sql<number>`coalesce(${sold.units}, 0)`.mapWith(Number);
  const daysLeft = sql<number | null>`round(${daysLeftOf(piecesThere, units)}, 1)`;
  const views: Record<StockView, SQL | undefined> = {
    all: sql`${units} > 0`,
    low: sql`${daysLeft} <= ${LOW_DAYS} and ${piecesThere} > 0`,
    out: sql`${units} > 0 and (${piecesThere} = 0 or not ${products.onSale})`,
    still: sql`${units} = 0 and ${piecesThere} > 0`,
  };
  const rows = await tx
    .select({
      productId: products.id,
      storeName: stores.name,
      sku: products.sku,
      name: products.name,
      imageUrl: products.imageUrl,
      onSale: products.onSale,
      stock: piecesThere,
      isOwnCount,
      sold: units,
      daysLeft,
      total: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(sold, eq(sold.productId, products.id))
    .where(
      and(
        mayRead(caller, "view_order"),
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
        isKept,
        storeId === undefined ? undefined : eq(products.storeId, storeId),
        views[view],
      ),
    )
    .orderBy(sql`${daysLeft} asc nulls last`, sql`${units} desc`, asc(products.id))
    .limit(limit)
    .offset(offset);
  const counted = (count: number | string | null) => (count === null ? null : Number(count));
  return {
    rows: rows.map(({ total: _, ...row }) => ({
      ...row,
      stock: counted(row.stock),
      daysLeft: counted(row.daysLeft),
    })),
    total: rows[0]?.total ?? 0,
  };
}
