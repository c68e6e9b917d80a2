import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNull,
  lte,
  or,
  sql,
} from "drizzle-orm";
import { isLoginOf } from "@/lib/accounts/pace-queries";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { budgetEntries, decisions, marketObservations } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { areSameCities, type CityPrices } from "@/lib/products/city-prices";
import { cityColumns } from "@/lib/products/city-queries";
import { type CityKey, type DecisionRow, lockedCities } from "@/lib/repricing/check/check-queries";
import type { Place } from "@/lib/repricing/decide/model";
import { isUnsent, lockedDecisions } from "@/lib/repricing/ledger/ledger-queries";
import { budgetWindowMs } from "./budget-window";
import { isTriedOutFirst, noneUnderWay, type Sendable } from "./sendable-queries";

/** Whether a price of the product waits to be sent: of another of its cities, or a newer one. */
export async function waitsForTurn(tx: Tx, productId: string): Promise<boolean> {
  const waiting = and(sql`${decisions.state} = 'pending'`, eq(decisions.productId, productId));
  return (await tx.$count(decisions, waiting)) > 0;
}

/** Decisions unsent for two intervals are void, and their products due at once. */
export async function expirePending(tx: Tx, storeId: string, now: Date): Promise<number> {
  const overdue = and(
    eq(decisions.storeId, storeId),
    eq(decisions.state, "pending"),
    lte(decisions.expiresAt, now),
  );
  const expired = await tx
    .update(decisions)
    .set({ state: "expired", stateReason: "unsent_too_long" })
    .where(inArray(decisions.id, lockedDecisions(tx, overdue)))
    .returning({ productId: decisions.productId });
  await makeProductsDue(
    tx,
    expired.map((row) => row.productId),
    now,
  );
  return expired.length;
}

export async function makeProductsDue(tx: Tx, productIds: string[], now: Date): Promise<void> {
  if (productIds.length === 0) return;
  await tx
    .update(productCities)
    .set({ nextCheckAt: now })
    .where(lockedCities(tx, inArray(productCities.productId, productIds)));
}

/** Everything of the store that waits to be sent waits longer, and says why. */
export async function deferPending(
  tx: Tx,
  storeId: string,
  why: { stateReason: string; notBefore: Date | null },
): Promise<void> {
  const unsent = and(eq(decisions.storeId, storeId), eq(decisions.state, "pending"));
  await tx
    .update(decisions)
    .set(why)
    .where(inArray(decisions.id, lockedDecisions(tx, unsent)));
}

/** The card whose market the decision was made by; null where none was read. */
const cardOfMarket = sql<string | null>`(select m.card_id from ${marketObservations} m
  where m.id = ${decisions.observationId})`;

/**
 * The rows the exit gate judges by, fresh and locked: nobody moves a floor or a switch meanwhile. Everybody
 * takes what they need of these in one order: login, product, ledger, change of rules, hold, decision, store,
 * workspace, cities, answers; and several of a kind by their ids. Where Kaspi has come to show other cities,
 * the product's other decisions may end with theirs: they are locked with this one, before the store.
 */
export async function lockForExit(
  tx: Tx,
  {
    accountId,
    id,
    productId,
    cityPrices,
  }: { accountId: string; id: string; productId: string; cityPrices?: CityPrices },
) {
  const [login] = await tx
    .select({ name: kaspiLogins.login, writesBlockedUntil: kaspiLogins.writesBlockedUntil })
    .from(kaspiLogins)
    .where(isLoginOf(accountId))
    .for("no key update");
  const [product] = await tx
    .select()
    .from(products)
    .where(eq(products.id, productId))
    .for("no key update");
  if (product && cityPrices !== undefined && !areSameCities(product.cityPrices, cityPrices))
    await lockedDecisions(tx, and(eq(decisions.productId, productId), isUnsent));
  const [decision] = await tx
    .select({ ...getTableColumns(decisions), cardId: cardOfMarket })
    .from(decisions)
    .where(
      and(
        eq(decisions.id, id),
        eq(decisions.state, "pending"),
        noneUnderWay(sql`${productId}::uuid`),
        isTriedOutFirst,
      ),
    )
    .for("update");
  if (!decision) return null;
  const [store] = await tx
    .select()
    .from(stores)
    .where(eq(stores.id, decision.storeId))
    .for("share");
  const [settings] = await tx.select().from(workspace).for("share");
  const city = await cityOf(tx, decision);
  if (!login || !product || !store || !settings || !city)
    throw new Error("a decision without login, product, store, workspace or city");
  return { login, decision, product, store, settings, city };
}

/** What holds for the product in the city of a decision. The product's lock keeps the seller from it. */
export async function cityOf(tx: Tx, { productId, cityId }: CityKey) {
  const [city] = await tx
    .select({ ...cityColumns, isPriced: productCities.isPriced })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .where(and(eq(productCities.productId, productId), eq(productCities.cityId, cityId)));
  return city ?? null;
}

/** The same in each city the product is priced in. */
export function pricedCitiesOf(tx: Tx, productId: string) {
  return tx
    .select({ cityId: productCities.cityId, ...cityColumns })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .where(and(eq(productCities.productId, productId), productCities.isPriced))
    .orderBy(asc(productCities.cityId));
}

/**
 * Takes one change from the login's budget: at most so many in any rolling window, whoever asks from
 * whichever process. Returns when the next one is free if there is none now. The caller holds the
 * login's lock.
 */
export async function takeBudget(
  tx: Tx,
  input: { login: string; decisionId: string | null; perWindow: number; windowMinutes: number },
  now: Date,
): Promise<{ freeAt: Date } | null> {
  const windowMs = budgetWindowMs(input.windowMinutes);
  const entries = await tx
    .select({ at: budgetEntries.at })
    .from(budgetEntries)
    .where(and(eq(budgetEntries.login, input.login), gt(budgetEntries.at, later(now, -windowMs))))
    .orderBy(desc(budgetEntries.at))
    .limit(input.perWindow);
  if (entries.length >= input.perWindow)
    return { freeAt: later(entries.at(-1)?.at ?? now, windowMs) };
  await tx
    .insert(budgetEntries)
    .values({ login: input.login, decisionId: input.decisionId, at: now });
  return null;
}

/** A price that Kaspi was not even asked about costs nothing. */
export async function returnBudget(tx: Tx, decisionId: string): Promise<void> {
  const last = tx
    .select({ id: budgetEntries.id })
    .from(budgetEntries)
    .where(eq(budgetEntries.decisionId, decisionId))
    .orderBy(desc(budgetEntries.at))
    .limit(1);
  await tx.delete(budgetEntries).where(inArray(budgetEntries.id, last));
}

/** A write that is no price, and that Kaspi was not even asked about: `at` is when its entry was taken. */
export async function returnUnused(tx: Tx, accountId: string, at: Date): Promise<void> {
  const one = tx
    .select({ id: budgetEntries.id })
    .from(budgetEntries)
    .innerJoin(kaspiLogins, eq(kaspiLogins.login, budgetEntries.login))
    .where(and(isLoginOf(accountId), isNull(budgetEntries.decisionId), eq(budgetEntries.at, at)))
    .limit(1);
  await tx.delete(budgetEntries).where(inArray(budgetEntries.id, one));
}

export type Transition = Partial<
  Pick<
    DecisionRow,
    | "state"
    | "priceBefore"
    | "stateReason"
    | "stateParams"
    | "notBefore"
    | "sendingAt"
    | "sentAt"
    | "confirmedAt"
    | "confirmAt"
    | "confirmReads"
    | "kaspiProcessId"
    | "channel"
  >
>;

/** Moves a decision on, unless it has moved meanwhile. Returns whether it did. */
export async function moveDecision(
  tx: Tx,
  id: string,
  from: DecisionRow["state"][],
  to: Transition,
): Promise<boolean> {
  const moved = await tx
    .update(decisions)
    .set(to)
    .where(and(eq(decisions.id, id), inArray(decisions.state, from)))
    .returning({ id: decisions.id });
  return moved.length > 0;
}

/** Where a price stands now; a new place counts as contested for a while. */
export async function recordPlace(
  tx: Tx,
  subject: { productId: string; cityId: string },
  { place, of }: Place,
  now: Date,
): Promise<void> {
  const isNew = sql`${productCities.place} is distinct from ${place}`;
  await tx
    .update(productCities)
    .set({
      place,
      placeBefore: sql`case when ${isNew} then ${productCities.place} else ${productCities.placeBefore} end`,
      placesTotal: of,
      placeChangedAt: sql`case when ${isNew} then ${now.toISOString()}::timestamptz else ${productCities.placeChangedAt} end`,
    })
    .where(
      and(eq(productCities.productId, subject.productId), eq(productCities.cityId, subject.cityId)),
    );
}

/** Sent but unresolved decisions whose time to be read has come. */
export async function dueForConfirmation(
  tx: Tx,
  storeId: string,
  now: Date,
  limit: number,
): Promise<Sendable[]> {
  const rows = await tx
    .select({ decision: decisions, sku: products.sku })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .where(
      and(
        eq(decisions.storeId, storeId),
        inArray(decisions.state, ["sending", "sent"]),
        lte(decisions.confirmAt, now),
      ),
    )
    .orderBy(asc(decisions.confirmAt))
    .limit(limit);
  return rows.map(({ decision, sku }) => ({ ...decision, sku }));
}

/** When the next unresolved decision of the store is to be read. */
export async function nextConfirmation(tx: Tx, storeId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ at: decisions.confirmAt })
    .from(decisions)
    .where(and(eq(decisions.storeId, storeId), inArray(decisions.state, ["sending", "sent"])))
    .orderBy(asc(decisions.confirmAt))
    .limit(1);
  return row?.at ?? null;
}

const atWork = and(eq(stores.id, decisions.storeId), isAtWork, isNull(stores.archivedAt));

/** Stores at work with something to send, and with something to read back. */
export async function storesWithOpenDecisions(
  tx: Tx,
  now: Date,
): Promise<{ publish: string[]; confirm: string[] }> {
  const publish = await tx
    .selectDistinct({ id: decisions.storeId })
    .from(decisions)
    .innerJoin(stores, atWork)
    .where(
      and(
        eq(decisions.state, "pending"),
        or(isNull(decisions.notBefore), lte(decisions.notBefore, now)),
      ),
    );
  const confirm = await tx
    .selectDistinct({ id: decisions.storeId })
    .from(decisions)
    .innerJoin(stores, atWork)
    .where(and(inArray(decisions.state, ["sending", "sent"]), lte(decisions.confirmAt, now)));
  return { publish: publish.map((row) => row.id), confirm: confirm.map((row) => row.id) };
}
