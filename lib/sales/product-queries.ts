import { and, asc, between, desc, eq, ilike, isNull, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { salesProductDays as days } from "@/lib/db/schema/sales";
import type { CostScope, Scope } from "./figures-queries";
import type { ProductSort, ProfitView } from "./product-model";

const total = (column: PgColumn) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number);

const sums = {
  orders: total(days.orders),
  units: total(days.units),
  revenue: total(days.revenue),
  cancelledUnits: total(days.cancelledUnits),
  cancelledSum: total(days.cancelledSum),
  returnedUnits: total(days.returnedUnits),
  returnedSum: total(days.returnedSum),
  lostDelivery: total(days.lostDelivery),
  knownRevenue: total(days.knownRevenue),
  knownUnits: total(days.knownUnits),
  laterCostRevenue: total(days.laterCostRevenue),
  cost: total(days.cost),
  packaging: total(days.packaging),
  other: total(days.other),
  returns: total(days.returns),
  delivery: total(days.delivery),
  commission: total(days.commission),
  kaspiPay: total(days.kaspiPay),
  tax: total(days.tax),
  profit: total(days.profit),
};

/** What was sold and earned, ₸; what is not known of it stands in `revenue − knownRevenue` and in no other sum. */
export type ProductSums = Record<keyof typeof sums, number>;
export type ProductLine = ProductSums & {
  storeId: string;
  storeName: string;
  line: string;
  sku: string | null;
  productId: string | null;
  name: string;
  category: string;
  missing: string[];
};

const inScope = (caller: Caller, { storeId, period, ...rest }: Scope | CostScope) =>
  and(
    between(days.day, period.from, period.to),
    mayRead(caller, "view_order"),
    "withCosts" in rest ? mayRead(caller, "view_product") : undefined,
    isNull(stores.archivedAt),
    storeId === undefined ? undefined : eq(days.storeId, storeId),
  );

/** All lines of a period together. */
export async function productTotals(
  tx: Tx,
  caller: Caller,
  scope: CostScope,
): Promise<ProductSums> {
  const [row] = await tx
    .select(sums)
    .from(days)
    .innerJoin(stores, eq(stores.id, days.storeId))
    .where(inScope(caller, scope));
  if (!row) throw new Error("a sum returned nothing");
  return row;
}

export type ProductsWanted = (Scope | CostScope) & {
  view: ProfitView;
  sort: ProductSort;
  search: string | undefined;
  limit: number;
  offset: number;
};

/** `worse` is found out of prices, not of sums: see `loadProfit`. */
const having: Record<ProfitView, SQL | undefined> = {
  all: undefined,
  worse: undefined,
  losing: sql`sum(${days.profit}) < 0`,
  unknown: sql`sum(${days.revenue}) > sum(${days.knownRevenue})`,
};

const orders: Record<ProductSort, SQL> = {
  revenue: desc(sums.revenue),
  units: desc(sums.units),
  profit: desc(sums.profit),
  loss: asc(sums.profit),
  returns: desc(sums.returnedSum),
};

/**
 * A page of products by what was sold of them, and how many there are. Which they are is found out by what they
 * are ordered by alone; all else is summed of those few.
 */
export async function productsSold(
  tx: Tx,
  caller: Caller,
  { view, sort, search, limit, offset, ...scope }: ProductsWanted,
): Promise<{ rows: ProductLine[]; total: number }> {
  const like = search ? `%${search.replace(/[\\%_]/g, "\\$&")}%` : null;
  const wanted = and(
    inScope(caller, scope),
    like === null ? undefined : or(ilike(days.name, like), ilike(days.sku, like)),
  );
  const chosen = tx.$with("chosen").as(
    tx
      .select({
        storeId: days.storeId,
        line: days.line,
        nth: sql<number>`row_number() over (order by ${orders[sort]}, ${days.storeId}, ${days.line})`.as(
          "nth",
        ),
        total: sql<number>`count(*) over ()`.mapWith(Number).as("total"),
      })
      .from(days)
      .innerJoin(stores, eq(stores.id, days.storeId))
      .where(wanted)
      .groupBy(days.storeId, days.line)
      .having(having[view] ?? sql`true`)
      .orderBy(orders[sort], asc(days.storeId), asc(days.line))
      .limit(limit)
      .offset(offset),
  );
  const rows = await tx
    .with(chosen)
    .select({
      storeId: days.storeId,
      storeName: stores.name,
      line: days.line,
      productId: sql<string | null>`max(${days.productId}::text)`,
      sku: sql<string | null>`max(${days.sku})`,
      name: sql<string>`max(${days.name})`,
      category: sql<string>`max(${days.category})`,
      missing: sql<
        string[]
      >`coalesce((select array_agg(distinct one order by one) from unnest(string_to_array(string_agg(array_to_string(${days.missing}, ','), ','), ',')) one where one <> ''), '{}')`,
      ...sums,
      total: chosen.total,
    })
    .from(chosen)
    .innerJoin(days, and(eq(days.storeId, chosen.storeId), eq(days.line, chosen.line)))
    .innerJoin(stores, eq(stores.id, days.storeId))
    .where(wanted)
    .groupBy(days.storeId, stores.name, days.line, chosen.nth, chosen.total)
    .orderBy(asc(chosen.nth));
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

export type CategoryPart = ProductSums & { key: string; name: string };

/** The same by Kaspi's category. */
export function categoriesSold(tx: Tx, caller: Caller, scope: Scope): Promise<CategoryPart[]> {
  return tx
    .select({ key: days.category, name: days.category, ...sums })
    .from(days)
    .innerJoin(stores, eq(stores.id, days.storeId))
    .where(inScope(caller, scope))
    .groupBy(days.category)
    .orderBy(desc(sums.revenue), asc(days.category));
}
