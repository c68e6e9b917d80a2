import { and, asc, desc, eq, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { productCosts, tariffs } from "@/lib/db/schema/costs";
import { products } from "@/lib/db/schema/products";
import { users, workspace } from "@/lib/db/schema/workspace";
import { type Costs, type Tariff, tariffValues } from "./model";

const costColumns = {
  cost: productCosts.cost,
  packaging: productCosts.packaging,
  other: productCosts.other,
  returns: productCosts.returns,
  weightGrams: productCosts.weightGrams,
  delivery: productCosts.delivery,
  minProfit: productCosts.minProfit,
  minMargin: productCosts.minMargin,
};

/** The day it is in the workspace's zone: `2026-03-01`. */
export async function officeDay(tx: Tx, now: Date): Promise<string> {
  const [row] = await tx
    .select({
      day: sql<string>`to_char(${now.toISOString()}::timestamptz at time zone ${workspace.timeZone}, 'YYYY-MM-DD')`,
    })
    .from(workspace);
  if (!row) throw new Error("the workspace row is missing");
  return row.day;
}

/** All tariffs that can count for these stores: the installation's and their own, nobody else's. */
export async function tariffsFor(tx: Tx, storeIds: readonly string[]): Promise<Tariff[]> {
  const { id, kind, category, validFrom, value, source, setAt } = tariffs;
  const own = sql`${tariffs.storeId} = any(${sql.param(storeIds)}::uuid[])`;
  const rows = await tx
    .select({ id, storeId: tariffs.storeId, kind, category, validFrom, value, source, setAt })
    .from(tariffs)
    .where(or(isNull(tariffs.storeId), own))
    .orderBy(asc(tariffs.kind), asc(tariffs.category), desc(tariffs.validFrom));
  return rows.map((row) => ({ ...row, value: tariffValues[row.kind].parse(row.value) }) as Tariff);
}

const currentOf = (productIds: readonly string[]) =>
  and(
    sql`${productCosts.productId} = any(${sql.param(productIds)}::uuid[])`,
    isNull(productCosts.supersededAt),
  );

/** What the seller says of each of these products now; those without a word are missing. */
export async function currentCosts(tx: Tx, productIds: string[]): Promise<Map<string, Costs>> {
  if (productIds.length === 0) return new Map();
  const rows = await tx
    .select({ productId: productCosts.productId, ...costColumns })
    .from(productCosts)
    .where(currentOf(productIds));
  return new Map(rows.map(({ productId, ...costs }) => [productId, costs]));
}

export type CostVersion = Costs & {
  id: string;
  setAt: Date;
  setBy: string | null;
  source: "page" | "import" | "api";
};

const MOST_VERSIONS = 50;

/** How the costs of a product went, the newest first. */
export async function costHistory(tx: Tx, productId: string): Promise<CostVersion[]> {
  return tx
    .select({
      id: productCosts.id,
      ...costColumns,
      setAt: productCosts.setAt,
      setBy: users.name,
      source: productCosts.source,
    })
    .from(productCosts)
    .leftJoin(users, eq(users.id, productCosts.setBy))
    .where(eq(productCosts.productId, productId))
    .orderBy(desc(productCosts.setAt), desc(productCosts.id))
    .limit(MOST_VERSIONS);
}

/** Everything that was ever said of what these products cost, the oldest first. */
export async function costVersions(
  tx: Tx,
  productIds: readonly string[],
): Promise<Map<string, (Costs & { setAt: Date })[]>> {
  const versions = new Map<string, (Costs & { setAt: Date })[]>();
  if (productIds.length === 0) return versions;
  const rows = await tx
    .select({ productId: productCosts.productId, ...costColumns, setAt: productCosts.setAt })
    .from(productCosts)
    .where(sql`${productCosts.productId} = any(${sql.param(productIds)}::uuid[])`)
    .orderBy(asc(productCosts.setAt), asc(productCosts.id));
  for (const { productId, ...version } of rows)
    versions.set(productId, [...(versions.get(productId) ?? []), version]);
  return versions;
}

export type NewCosts = { productId: string; costs: Costs };

/**
 * A new version of each product's costs; the one before stays as history. Call it with the products
 * locked, for a few thousand at most.
 */
export async function saveCosts(
  tx: Tx,
  rows: readonly NewCosts[],
  by: { userId: string | null; source: CostVersion["source"] },
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ productId }) => productId);
  await tx.update(productCosts).set({ supersededAt: now }).where(currentOf(ids));
  const said = JSON.stringify(rows.map(({ productId, costs }) => ({ id: productId, ...costs })));
  // In one parameter: with one for each value, a thousand rows take longer to send than to store.
  await tx.execute(sql`with said as (
      select * from jsonb_to_recordset(${said}::text::jsonb) as said(id uuid, cost integer,
        packaging integer, other integer, returns integer, "weightGrams" integer, delivery text,
        "minProfit" integer, "minMargin" integer)),
    added as (insert into ${productCosts} (product_id, cost, packaging, other, returns, weight_grams,
        delivery, min_profit, min_margin, set_at, set_by, source)
      select id, cost, packaging, other, returns, "weightGrams", delivery, "minProfit", "minMargin",
        ${now.toISOString()}::timestamptz, ${by.userId}::uuid, ${by.source} from said)
    update ${products} set cost = said.cost from said where ${products.id} = said.id`);
}
