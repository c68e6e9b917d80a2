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

/** A product in a city with all that a decision about it needs, but the market. */
export type CheckSubject = Awaited<ReturnType<typeof selectSubjects>>[number];

function selectSubjects(tx: Tx, where: SQL | undefined, order: SQL[], limit: number) {
  return tx
    .select(checkColumns)
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .innerJoin(
      stores,
      and(eq(stores.id, products.storeId), eq(stores.mainCityId, productCities.cityId)),
    )
    .leftJoin(marketObservations, eq(marketObservations.id, productCities.observationId))
    .leftJoin(decisions, eq(decisions.id, productCities.lastDecisionId))
    .where(where)
    .orderBy(...order)
    .limit(limit);
}

/** A price a person has set goes first: until it has left, the bot does not look. */
const noManualWaiting = sql`not exists (select 1 from ${decisions} d where d.product_id = ${productCities.productId}
  and d.city_id = ${productCities.cityId} and d.state = 'pending' and d.origin = 'manual')`;

const watched = (storeId: string) =>
  and(
    eq(productCities.storeId, storeId),
    eq(products.botEnabled, true),
    isNull(products.goneAt),
    noManualWaiting,
  );

/** Products whose bot is on and whose time has come, the longest waiting first. */
export function dueSubjects(
  tx: Tx,
  storeId: string,
  now: Date,
  limit: number,
): Promise<CheckSubject[]> {
  const where = and(watched(storeId), lte(productCities.nextCheckAt, now));
  return selectSubjects(
    tx,
    where,
    [asc(productCities.nextCheckAt), asc(productCities.productId)],
    limit,
  );
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

export async function insertObservations(
  tx: Tx,
  rows: (typeof marketObservations.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(marketObservations).values(rows);
}

/** The market is as it was: only the time it was last seen moves. */
export async function touchObservations(tx: Tx, ids: string[], now: Date): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(marketObservations)
      .set({ lastSeenAt: now })
      .where(inArray(marketObservations.id, ids));
}

/** What a check leaves behind on the product's city. */
export type CheckMark = Pick<
  typeof productCities.$inferInsert,
  | "productId"
  | "cityId"
  | "storeId"
  | "place"
  | "placesTotal"
  | "rivalsCount"
  | "bestRivalPrice"
  | "observationId"
  | "observedAt"
  | "lastCheckedAt"
  | "nextCheckAt"
  | "placeChangedAt"
  | "failures"
  | "lastDecisionId"
>;

/**
 * Writes the marks of a batch in one statement. A market that was not seen leaves the old one in place;
 * what was made due during the look, by a change it did not know of, stays due.
 */
export async function markChecked(
  tx: Tx,
  marks: CheckMark[],
  look: { since: Date; until: Date },
): Promise<void> {
  if (marks.length === 0) return;
  const seen = (column: string) =>
    sql.raw(
      `case when excluded.observed_at is null then product_cities.${column} else excluded.${column} end`,
    );
  const given = (column: string) => sql.raw(`excluded.${column}`);
  await tx
    .insert(productCities)
    .values(marks.toSorted((a, b) => (a.productId < b.productId ? -1 : 1)))
    .onConflictDoUpdate({
      target: [productCities.productId, productCities.cityId],
      set: {
        place: seen("place"),
        placeBefore: sql.raw(
          "case when excluded.place <> product_cities.place then product_cities.place else product_cities.place_before end",
        ),
        placesTotal: seen("places_total"),
        rivalsCount: seen("rivals_count"),
        bestRivalPrice: seen("best_rival_price"),
        observationId: seen("observation_id"),
        observedAt: seen("observed_at"),
        placeChangedAt: seen("place_changed_at"),
        lastCheckedAt: given("last_checked_at"),
        nextCheckAt: sql`case when ${and(gt(productCities.nextCheckAt, look.since), lte(productCities.nextCheckAt, look.until))}
          then ${productCities.nextCheckAt} else excluded.next_check_at end`,
        failures: given("failures"),
        lastDecisionId: sql`coalesce(excluded.last_decision_id, ${productCities.lastDecisionId})`,
        lastReason: sql`coalesce((select ${standingReason} from ${decisions} d where d.id = excluded.last_decision_id), ${productCities.lastReason})`,
      },
    });
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
