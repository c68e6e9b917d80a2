import { and, asc, count, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead, mayWrite } from "@/lib/auth/permissions";
import type { Tenge } from "@/lib/core/money";
import type { Floor } from "@/lib/costs/model";
import type { Tx } from "@/lib/db/client";
import { productCosts } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { runs, workspace } from "@/lib/db/schema/workspace";
import {
  takesCeilingFromCostAnywhere,
  takesFloorFromCostAnywhere,
} from "@/lib/products/limit-queries";

const subjectColumns = {
  id: products.id,
  storeId: products.storeId,
  category: products.category,
  botEnabled: products.botEnabled,
  costFloor: products.costFloor,
  costInFull: products.costInFull,
  /** Its rule takes the floor from cost, or the rule of one of its cities does; and the same of the ceiling. */
  floorCounts: takesFloorFromCostAnywhere,
  ceilingCounts: takesCeilingFromCostAnywhere,
};
export type FloorSubject = Awaited<ReturnType<typeof floorSubject>>;
/** A product whose floor is no longer right, and what has made it so. */
export type StaleProduct = Awaited<ReturnType<typeof lockStale>>[number];

/** An import marks its products with the very moment of the costs it has brought. */
const what = sql<"costs" | "tariffs">`case when exists (select from ${productCosts} said
  where said.product_id = ${products.id} and said.superseded_at is null and said.source = 'import'
    and said.set_at = ${products.costFloorUntil}) then 'costs' else 'tariffs' end`;

const stale = (now: Date) => lte(products.costFloorUntil, now);

/**
 * Products whose computed floor is to be computed anew, locked in the order of their ids, and whether they
 * are the business of whoever has asked for it; of nobody in particular all are.
 */
export async function lockStale(tx: Tx, asker: Caller | null, now: Date, limit: number) {
  const next = tx
    .select({ id: products.id })
    .from(products)
    .where(stale(now))
    .orderBy(asc(products.costFloorUntil))
    .limit(limit);
  return tx
    .select({
      ...subjectColumns,
      what,
      isSeen: sql<boolean>`${asker ? mayRead(asker, "view_product") : sql`true`}`,
      isWritable: sql<boolean>`${asker ? mayWrite(asker, "change_price") : sql`true`}`,
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(and(inArray(products.id, next), stale(now)))
    .orderBy(asc(products.id))
    .for("no key update", { of: products });
}

/** One product, with what its computed floor means to it. Call it with the product locked. */
export async function floorSubject(tx: Tx, productId: string) {
  const [subject] = await tx
    .select(subjectColumns)
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(eq(products.id, productId));
  if (!subject) throw new Error("a locked product is not there");
  return subject;
}

/** How many there are, and how many of them in stores that the asker may see. */
export async function countStale(
  tx: Tx,
  asker: Caller | null,
  now: Date,
): Promise<{ all: number; seen: number }> {
  const isSeen = asker ? mayRead(asker, "view_product") : sql`true`;
  const [row] = await tx
    .select({ all: count(), seen: sql<number>`(count(*) filter (where ${isSeen}))::int` })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(stale(now));
  return row ?? { all: 0, seen: 0 };
}

/** The floors of products with costs, of one store or of all, are no longer right. Returns how many. */
export async function markStale(tx: Tx, storeId: string | null, now: Date): Promise<number> {
  const costed = tx
    .select({ id: products.id })
    .from(products)
    .innerJoin(
      productCosts,
      and(eq(productCosts.productId, products.id), isNull(productCosts.supersededAt)),
    )
    .where(storeId === null ? undefined : eq(products.storeId, storeId))
    .orderBy(asc(products.id))
    .for("no key update", { of: products });
  const marked = await tx.execute(
    sql`update ${products} set cost_floor_until = ${now.toISOString()} where ${products.id} in ${costed}`,
  );
  return marked.count;
}

/** The same for these products. Call it with them locked. */
export async function markProductsStale(tx: Tx, ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.update(products).set({ costFloorUntil: now }).where(inArray(products.id, ids));
}

export type FloorRow = { id: string; floor: Floor; inFull: Tenge | null; until: string | null };

/** Stores computed floors, with the costs that ceilings are computed from, and until which day they count. Call it with the products locked. */
export async function writeFloors(tx: Tx, rows: readonly FloorRow[]): Promise<void> {
  if (rows.length === 0) return;
  const all = rows.map(({ id, floor, inFull, until }) => ({
    id,
    inFull,
    floor: floor.kind === "floor" ? floor.floor : null,
    gaps: floor.kind === "floor" ? floor.gaps : [],
    until,
  }));
  await tx.execute(sql`update ${products} set cost_floor = x.floor, cost_gaps = x.gaps,
      cost_in_full = x."inFull",
      cost_floor_until = x.until::timestamp at time zone (select ${workspace.timeZone} from ${workspace})
    from jsonb_to_recordset(${JSON.stringify(all)}::text::jsonb)
      as x(id uuid, floor integer, "inFull" integer, gaps jsonb, until text)
    where ${products.id} = x.id`);
}

/** The run that computes floors and is under way, if there is one. */
export async function floorsRunUnderWay(tx: Tx): Promise<string | null> {
  const [run] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.kind, "costs"), inArray(runs.status, ["queued", "running"])))
    .limit(1);
  return run?.id ?? null;
}

export async function insertFloorsRun(
  tx: Tx,
  run: { userId: string | null; total: number; createdAt: Date },
): Promise<string> {
  const [row] = await tx
    .insert(runs)
    .values({ kind: "costs", storeId: null, ...run })
    .returning({ id: runs.id });
  if (!row) throw new Error("insert into runs returned nothing");
  return row.id;
}
