import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { noneOf } from "@/lib/db/none-of";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, marketObservations, pricingRuns } from "@/lib/db/schema/repricing";
import { priceAnswers } from "@/lib/db/schema/safety";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { cityColumns } from "@/lib/products/city-queries";
import { stockDaysOf } from "@/lib/products/stock-pace-queries";
import { anchorInForce, inFlightPrice, withLeads } from "./lead-queries";

/** Of the decision `d`: why its price is what it is. One that changed nothing stands on a reason of its own. */
export const standingReason = sql.raw("coalesce(d.params ->> 'because', d.reason)");

export type DecisionRow = typeof decisions.$inferSelect;
export type NewDecision = typeof decisions.$inferInsert & { id: string };
/** The same of a decision in hand. */
export const standingReasonOf = ({ reason, params }: Pick<NewDecision, "reason" | "params">) =>
  String(params?.because ?? reason);

export type PricingRun = typeof pricingRuns.$inferSelect;

const lastObservation = { id: marketObservations.id, contentHash: marketObservations.contentHash };

const last = {
  kind: decisions.kind,
  reason: decisions.reason,
  price: decisions.price,
  inputs: decisions.inputs,
  state: decisions.state,
  stateReason: decisions.stateReason,
  decidedAt: decisions.decidedAt,
  waitingSince: decisions.waitingSince,
};

/** What a person has answered about a price, until it is carried out or void. */
const answer = {
  answer: priceAnswers.answer,
  price: priceAnswers.price,
  priceBefore: priceAnswers.priceBefore,
  answeredBy: priceAnswers.answeredBy,
  until: priceAnswers.until,
};

const checkColumns = {
  productId: products.id,
  storeId: productCities.storeId,
  cityId: productCities.cityId,
  sku: products.sku,
  name: products.name,
  cardId: products.cardId,
  category: products.category,
  botEnabled: products.botEnabled,
  cost: products.cost,
  costFloor: products.costFloor,
  costGaps: products.costGaps,
  costInFull: products.costInFull,
  onSale: products.onSale,
  ...cityColumns,
  anchor: anchorInForce,
  shownPrice: productCities.price,
  inFlightPrice,
  place: productCities.place,
  placeChangedAt: productCities.placeChangedAt,
  failures: productCities.failures,
  nextCheckAt: productCities.nextCheckAt,
  lastDecisionId: productCities.lastDecisionId,
  lastObservation,
  last,
  answer,
};

export type CityKey = { productId: string; cityId: string };
/** One word for a product in a city, for maps and sets. */
export const cityKey = ({ productId, cityId }: CityKey) => `${productId} ${cityId}`;

/** A product in a city with all that a decision about it needs, but the market. */
export type CheckSubject = Awaited<ReturnType<typeof selectSubjects>>[number];

type Selection = { where: SQL | undefined; order: SQL[]; limit: number; now: Date };

async function selectSubjects(tx: Tx, { where, order, limit, now }: Selection) {
  const subjects = await tx
    .select(checkColumns)
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .leftJoin(
      marketObservations,
      and(
        eq(marketObservations.id, productCities.observationId),
        eq(marketObservations.cardId, products.cardId),
      ),
    )
    .leftJoin(decisions, eq(decisions.id, productCities.lastDecisionId))
    .leftJoin(
      priceAnswers,
      and(
        eq(priceAnswers.productId, productCities.productId),
        eq(priceAnswers.cityId, productCities.cityId),
      ),
    )
    .where(where)
    .orderBy(...order)
    .limit(limit);
  const led = await withLeads(tx, subjects);
  const stockDays = await stockDaysOf(tx, productsOf(led), now);
  return led.map((subject) => ({
    ...subject,
    stockDays: stockDays.get(subject.productId) ?? null,
  }));
}

const productsOf = (subjects: readonly { productId: string }[]) => [
  ...new Set(subjects.map(({ productId }) => productId)),
];

/** A price a person has set goes first: until it has left, the bot does not look. */
const noManualWaiting = noneOf(sql`${decisions} d
  where d.product_id = ${productCities.productId} and d.city_id = ${productCities.cityId}
    and d.state = 'pending' and d.origin <> 'bot'`);

const watched = (storeId: string) =>
  and(
    eq(productCities.storeId, storeId),
    productCities.isPriced,
    eq(products.botEnabled, true),
    isNull(products.goneAt),
    noManualWaiting,
  );

const sinceLongest = [asc(productCities.nextCheckAt), asc(productCities.productId)];

/** Products whose bot is on and whose time has come, the longest waiting first, but those in hand. */
export function dueSubjects(
  tx: Tx,
  storeId: string,
  { now, inHand, limit }: { now: Date; inHand: CityKey[]; limit: number },
): Promise<CheckSubject[]> {
  const keys = inHand.map(({ productId, cityId }) => ({ productId, cityId }));
  const others = sql`(${productCities.productId}, ${productCities.cityId}) not in (
    select "productId", "cityId" from json_to_recordset(${JSON.stringify(keys)}::json)
      as taken("productId" uuid, "cityId" text))`;
  // First who is next, along the index of the queue, and only then all that is to be known of them.
  const next = tx
    .select({ productId: productCities.productId, cityId: productCities.cityId })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .where(and(watched(storeId), lte(productCities.nextCheckAt, now), others))
    .orderBy(...sinceLongest)
    .limit(limit);
  const isNext = sql`(${productCities.productId}, ${productCities.cityId}) in ${next}`;
  return selectSubjects(tx, { where: isNext, order: sinceLongest, limit, now });
}

/** How many of them there are. */
export async function countDue(tx: Tx, storeId: string, now: Date): Promise<number> {
  const [due] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .where(and(watched(storeId), lte(productCities.nextCheckAt, now)));
  return due?.count ?? 0;
}

const inOrder = [asc(productCities.productId), asc(productCities.cityId)];

/** Every product whose bot is on, due or not, city by city, in pages after `after`. */
export function enabledSubjects(
  tx: Tx,
  storeId: string,
  { after, limit, now }: { after: CityKey | null; limit: number; now: Date },
): Promise<CheckSubject[]> {
  const rest = after
    ? sql`(${productCities.productId}, ${productCities.cityId}) > (${after.productId}::uuid, ${after.cityId})`
    : undefined;
  return selectSubjects(tx, { where: and(watched(storeId), rest), order: inOrder, limit, now });
}

/**
 * One product in a city it is priced in, its bot on or off: what its page shows of the rule now. No city
 * asked for: the leading one.
 */
export async function subjectOf(
  tx: Tx,
  productId: string,
  now: Date,
  cityId: string | null = null,
): Promise<CheckSubject | null> {
  const city = cityId === null ? cityColumns.isLead : eq(productCities.cityId, cityId);
  const here = and(eq(productCities.productId, productId), productCities.isPriced, city);
  const [subject] = await selectSubjects(tx, { where: here, order: inOrder, limit: 1, now });
  return subject ?? null;
}

/** Stores at work, and with a login, that have a product that is due. */
export async function storesDueForReprice(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ storeId: productCities.storeId })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(
      and(
        productCities.isPriced,
        eq(products.botEnabled, true),
        isNull(products.goneAt),
        lte(productCities.nextCheckAt, now),
        isAtWork,
        isNotNull(stores.accountId),
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

/** Ends a run, unless it has ended. Returns whether it did. */
export async function closePricingRun(
  tx: Tx,
  runId: string,
  counts: Pick<PricingRun, "checked" | "changes" | "unread">,
  now: Date,
): Promise<boolean> {
  const closed = await tx
    .update(pricingRuns)
    .set({ ...counts, finishedAt: now })
    .where(and(eq(pricingRuns.id, runId), isNull(pricingRuns.finishedAt)))
    .returning({ id: pricingRuns.id });
  return closed.length > 0;
}

/** Whether the run goes on; nobody ends it before this transaction does. */
export async function keepRunOpen(tx: Tx, runId: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: pricingRuns.id })
    .from(pricingRuns)
    .where(and(eq(pricingRuns.id, runId), isNull(pricingRuns.finishedAt)))
    .for("share");
  return row !== undefined;
}

/** Runs whose process has died: begun before the moment and not ended, with what they have saved. */
export async function abandonedRuns(
  tx: Tx,
  storeId: string,
  before: Date,
): Promise<Pick<PricingRun, "id" | "dryRun" | "checked" | "changes" | "unread">[]> {
  return tx
    .select({
      id: pricingRuns.id,
      dryRun: pricingRuns.dryRun,
      checked: pricingRuns.checked,
      changes: sql<number>`(select count(*)::int from ${decisions} d
        where d.run_id = ${pricingRuns}.id and d.kind = 'change')`,
      unread: pricingRuns.unread,
    })
    .from(pricingRuns)
    .where(
      and(
        eq(pricingRuns.storeId, storeId),
        lt(pricingRuns.startedAt, before),
        isNull(pricingRuns.finishedAt),
      ),
    );
}

const botsOf = (storeId: string) =>
  and(eq(products.storeId, storeId), eq(products.botEnabled, true));

export const countBots = (tx: Tx, storeId: string): Promise<number> =>
  tx.$count(products, botsOf(storeId));

/** Every product of the store whose bot is on is looked at at once. */
export async function makeStoreDue(tx: Tx, storeId: string, now: Date): Promise<void> {
  const bots = tx.select({ id: products.id }).from(products).where(botsOf(storeId));
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
