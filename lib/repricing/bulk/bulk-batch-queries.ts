import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { bulkChanges, bulkItems } from "@/lib/db/schema/bulk";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { auditLog, runs } from "@/lib/db/schema/workspace";
import { inMainCity, isKept } from "@/lib/products/queries";
import type { BulkKind, BulkWhy, SellerState } from "./bulk-model";
import { type BulkProduct, subjectColumns, withRule } from "./bulk-queries";

export type WaitingItem = {
  before: Partial<SellerState> | null;
  after: Partial<SellerState> | null;
};

/** The next products that wait, by id: what a crash has interrupted goes on where it was. */
export async function waitingItems(
  tx: Tx,
  bulkId: string,
  limit: number,
): Promise<Map<string, WaitingItem>> {
  const rows = await tx
    .select({ id: bulkItems.productId, before: bulkItems.before, after: bulkItems.after })
    .from(bulkItems)
    .where(and(eq(bulkItems.bulkId, bulkId), eq(bulkItems.state, "waiting")))
    .orderBy(asc(bulkItems.productId))
    .limit(limit)
    .for("update");
  return new Map(rows.map(({ id, before, after }) => [id, { before, after } as WaitingItem]));
}

/** The products themselves, locked in the order of their ids; those the caller no longer sees are missing. */
export async function lockBulkProducts(
  tx: Tx,
  caller: Caller,
  ids: string[],
): Promise<BulkProduct[]> {
  const rows = await tx
    .select(subjectColumns(caller))
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(productCities, inMainCity)
    .where(and(inArray(products.id, ids), mayRead(caller, "view_product"), isKept))
    .orderBy(asc(products.id))
    .for("no key update", { of: products });
  return rows.map(withRule);
}

const movesField = (field: Exclude<BulkKind, "bot" | "rule">) =>
  sql`${auditLog.details} #> ${`{before,${field}}`} is distinct from ${auditLog.details} #> ${`{after,${field}}`}`;

const entriesOf: Record<BulkKind, SQL | undefined> = {
  bot: inArray(auditLog.action, ["product.bot_on", "product.bot_off"]),
  floor: and(eq(auditLog.action, "product.limits_changed"), movesField("floor")),
  ceiling: and(eq(auditLog.action, "product.limits_changed"), movesField("ceiling")),
  step: and(eq(auditLog.action, "product.rule_changed"), movesField("step")),
  strategy: and(eq(auditLog.action, "product.rule_changed"), movesField("strategy")),
  floorFromCost: and(eq(auditLog.action, "product.rule_changed"), movesField("floorFromCost")),
  rule: eq(auditLog.action, "product.rule_changed"),
  copy: eq(auditLog.action, "product.rule_changed"),
};

/**
 * Of these products, those whose same field was set by somebody who asked for it later than this change
 * was asked for: by hand, or by a newer change. Call it with the products locked.
 */
export async function fieldSetSince(
  tx: Tx,
  { kind, createdAt }: { kind: BulkKind; createdAt: Date },
  ids: string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectDistinct({ id: sql<string>`${auditLog.subjectId}` })
    .from(auditLog)
    .leftJoin(bulkChanges, sql`${bulkChanges.id} = (${auditLog.details} ->> 'bulk')::uuid`)
    .where(
      and(
        inArray(auditLog.subjectId, ids),
        gt(auditLog.at, createdAt),
        entriesOf[kind],
        // What was set for one city alone is not what a change of many products sets.
        sql`${auditLog.details} ->> 'cityId' is null`,
        or(isNull(bulkChanges.id), gt(bulkChanges.createdAt, createdAt)),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

/** Sets of each product the fields that are named, in one statement. Call it with the rows locked. */
export async function setManySellerFields(
  tx: Tx,
  rows: { id: string; fields: Partial<SellerState> }[],
  now: Date,
): Promise<void> {
  const set = (name: keyof SellerState, cast: SQL) =>
    sql`case when x.fields ? ${name} then ${cast} else ${products[name]} end`;
  const money = (name: "floor" | "ceiling" | "anchor") =>
    set(name, sql`(x.fields ->> ${name})::integer`);
  await tx.execute(sql`update ${products} set
      bot_enabled = ${set("botEnabled", sql`(x.fields ->> 'botEnabled')::boolean`)},
      floor = ${money("floor")}, ceiling = ${money("ceiling")}, anchor = ${money("anchor")},
      rule = ${set("rule", sql`x.fields -> 'rule'`)}, updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${asJson(rows)}) as x(id uuid, fields jsonb)
    where ${products.id} = x.id`);
}

export type ItemResult = {
  productId: string;
  state: "changed" | "same" | "skipped";
  why: BulkWhy | null;
  before: Partial<SellerState> | null;
  after: Partial<SellerState> | null;
};

/** What became of a batch, and the run's progress with it. */
export async function saveItems(tx: Tx, bulkId: string, results: ItemResult[]): Promise<void> {
  await tx.execute(sql`update ${bulkItems} i set state = x.state, why = x.why,
      before = coalesce(x.before, i.before), after = coalesce(x.after, i.after)
    from jsonb_to_recordset(${asJson(
      results.map(({ productId, ...rest }) => ({ product_id: productId, ...rest })),
    )}) as x(product_id uuid, state text, why text, before jsonb, after jsonb)
    where i.bulk_id = ${bulkId} and i.product_id = x.product_id`);
  await tx
    .update(runs)
    .set({ done: sql`${runs.done} + ${results.length}` })
    .where(eq(runs.id, bulkId));
}

const asJson = (rows: object[]) => sql`${JSON.stringify(rows)}::text::jsonb`;

/** How the products of a change have ended, and how many still wait. */
export async function countItems(tx: Tx, bulkId: string): Promise<Record<string, number>> {
  const rows = await tx
    .select({ state: bulkItems.state, count: sql<number>`count(*)::int` })
    .from(bulkItems)
    .where(eq(bulkItems.bulkId, bulkId))
    .groupBy(bulkItems.state);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** The products that a change has left alone, and why. */
export async function skippedItems(tx: Tx, bulkId: string): Promise<Map<string, BulkWhy>> {
  const rows = await tx
    .select({ id: bulkItems.productId, why: bulkItems.why })
    .from(bulkItems)
    .where(and(eq(bulkItems.bulkId, bulkId), eq(bulkItems.state, "skipped")));
  return new Map(rows.map(({ id, why }) => [id, (why ?? "read_only") as BulkWhy]));
}
