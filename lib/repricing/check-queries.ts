import { and, asc, eq, gt, inArray, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, marketObservations, pricingRuns } from "@/lib/db/schema/repricing";

/** Of the decision `d`: why its price is what it is. One that changed nothing stands on a reason of its own. */
export const standingReason = sql.raw("coalesce(d.params ->> 'because', d.reason)");

export type DecisionRow = typeof decisions.$inferSelect;
export type NewDecision = typeof decisions.$inferInsert;
export type PricingRun = typeof pricingRuns.$inferSelect;

const lastObservation = { id: marketObservations.id, contentHash: marketObservations.contentHash };

const last = {
  kind: decisions.kind,
  reason: decisions.reason,
  inputs: decisions.inputs,
  state: decisions.state,
  waitingSince: decisions.waitingSince,
};

const checkColumns = {
  productId: products.id,
  cityId: productCities.cityId,
  sku: products.sku,
  name: products.name,
  cardId: products.cardId,
  botEnabled: products.botEnabled,
  floor: products.floor,
  ceiling: products.ceiling,
  anchor: products.anchor,
  manualLock: products.manualLock,
  onSale: products.onSale,
  rule: products.rule,
  shownPrice: productCities.price,
  inFlightPrice: sql<typeof decisions.$inferSelect.price>`(select d.price from ${decisions} d
    where d.product_id = ${productCities.productId} and d.city_id = ${productCities.cityId}
      and d.state in ('sending', 'sent') limit 1)`,
  place: productCities.place,
  placeChangedAt: productCities.placeChangedAt,
  failures: productCities.failures,
  lastDecisionId: productCities.lastDecisionId,
  lastObservation,
  last,
};

const isMainCity = and(
  eq(stores.id, products.storeId),
  eq(stores.mainCityId, productCities.cityId),
);

/** A product in a city with all that a decision about it needs, but the market. */
export type CheckSubject = Awaited<ReturnType<typeof selectSubjects>>[number];

function selectSubjects(tx: Tx, where: SQL | undefined, order: SQL[], limit: number) {
  return tx
    .select(checkColumns)
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .innerJoin(stores, isMainCity)
    .leftJoin(marketObservations, eq(marketObservations.id, productCities.observationId))
    .leftJoin(decisions, eq(decisions.id, productCities.lastDecisionId))
    .where(where)
    .orderBy(...order)
    .limit(limit);
}

/** A price a person has set goes first: until it has left, the bot does not look. Asked row by row, or
 * all decisions there ever were would be gone through for it. */
const noManualWaiting = sql`(select d.origin from ${decisions} d where d.product_id = ${productCities.productId}
  and d.city_id = ${productCities.cityId} and d.state = 'pending' limit 1) is distinct from 'manual'`;

const watched = (storeId: string) =>
  and(
    eq(productCities.storeId, storeId),
    eq(products.botEnabled, true),
    isNull(products.goneAt),
    noManualWaiting,
  );

/** Products whose bot is on and whose time has come, the longest waiting first, but those in hand. */
export function dueSubjects(
  tx: Tx,
  storeId: string,
  { now, inHand, limit }: { now: Date; inHand: string[]; limit: number },
): Promise<CheckSubject[]> {
  const others = sql`${productCities.productId} <> all(array(
    select value::uuid from json_array_elements_text(${JSON.stringify(inHand)}::json)))`;
  const where = and(watched(storeId), lte(productCities.nextCheckAt, now), others);
  return selectSubjects(
    tx,
    where,
    [asc(productCities.nextCheckAt), asc(productCities.productId)],
    limit,
  );
}

/** How many of them there are. */
export async function countDue(tx: Tx, storeId: string, now: Date): Promise<number> {
  const [due] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .innerJoin(stores, isMainCity)
    .where(and(watched(storeId), lte(productCities.nextCheckAt, now)));
  return due?.count ?? 0;
}

/** Every product whose bot is on, due or not, in pages after `afterProductId`. */
export function enabledSubjects(
  tx: Tx,
  storeId: string,
  afterProductId: string | null,
  limit: number,
): Promise<CheckSubject[]> {
  const where = and(watched(storeId), afterProductId ? gt(products.id, afterProductId) : undefined);
  return selectSubjects(tx, where, [asc(products.id)], limit);
}

/** One product, its bot on or off: what its page shows of the rule now. */
export async function subjectOf(tx: Tx, productId: string): Promise<CheckSubject | null> {
  const [subject] = await selectSubjects(
    tx,
    eq(productCities.productId, productId),
    [asc(products.id)],
    1,
  );
  return subject ?? null;
}

/** Stores at work with a product that is due. */
export async function storesDueForReprice(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ storeId: productCities.storeId })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(
      and(
        eq(products.botEnabled, true),
        isNull(products.goneAt),
        lte(productCities.nextCheckAt, now),
        eq(stores.isActive, true),
        isNull(stores.archivedAt),
      ),
    );
  return rows.map((row) => row.storeId);
}

export async function openPricingRun(
  tx: Tx,
  run: Pick<PricingRun, "storeId" | "trigger" | "dryRun" | "startedAt">,
): Promise<string> {
  const [row] = await tx.insert(pricingRuns).values(run).returning({ id: pricingRuns.id });
  if (!row) throw new Error("insert into pricing_runs returned nothing");
  return row.id;
}

export async function closePricingRun(
  tx: Tx,
  runId: string,
  counts: Pick<PricingRun, "checked" | "changes" | "unread">,
  now: Date,
): Promise<void> {
  await tx
    .update(pricingRuns)
    .set({ ...counts, finishedAt: now })
    .where(eq(pricingRuns.id, runId));
}

/** Every product of the store whose bot is on is looked at at once. */
export async function makeStoreDue(tx: Tx, storeId: string, now: Date): Promise<void> {
  const bots = tx
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.storeId, storeId), eq(products.botEnabled, true)));
  await tx
    .update(productCities)
    .set({ nextCheckAt: now })
    .where(lockedCities(tx, inArray(productCities.productId, bots)));
}

/** Rows of product cities to be changed by one statement, locked in the order everybody locks them in. */
export function lockedCities(tx: Tx, where: SQL): SQL {
  const rows = tx
    .select({ productId: productCities.productId, cityId: productCities.cityId })
    .from(productCities)
    .where(where)
    .orderBy(asc(productCities.productId), asc(productCities.cityId))
    .for("update");
  return sql`(${productCities.productId}, ${productCities.cityId}) in ${rows}`;
}
