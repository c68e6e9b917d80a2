import { and, eq, inArray, isNotNull, lt, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/lib/db/client";
import { apiAnswers } from "@/lib/db/schema/api-answers";
import { paces } from "@/lib/db/schema/api-keys";
import { shopPaces } from "@/lib/db/schema/orders";
import { invites } from "@/lib/db/schema/people";
import { priceWars } from "@/lib/db/schema/price-wars";
import { productCities } from "@/lib/db/schema/products";
import {
  budgetEntries,
  decisions,
  marketObservations,
  pricingRuns,
} from "@/lib/db/schema/repricing";
import { priceAnswers } from "@/lib/db/schema/safety";
import { taskRuleMakings } from "@/lib/db/schema/tasks";
import { webhookDeliveries } from "@/lib/db/schema/webhooks";
import { loginFailures, notices, runs } from "@/lib/db/schema/workspace";

/** Deletes at most `limit` rows that ended before the moment. Returns how many it were. */
export type Forget = (tx: Tx, before: Date, limit: number) => Promise<number>;

/** Markets not seen like this since. The last one of a product stays, however old: its page shows it. */
export const forgetMarkets: Forget = async (tx, before, limit) => {
  const { id, firstSeenAt, lastSeenAt } = marketObservations;
  const shown = tx
    .select({ one: sql`1` })
    .from(productCities)
    .where(eq(productCities.observationId, id));
  const old = tx
    .select({ id })
    .from(marketObservations)
    .where(and(lt(firstSeenAt, before), lt(lastSeenAt, before), notExists(shown)))
    .limit(limit);
  const gone = await tx
    .delete(marketObservations)
    // Said again: a market may be seen once more between the choice and the deletion.
    .where(and(inArray(id, old), lt(lastSeenAt, before)))
    .returning({ id });
  return gone.length;
};

/** Batches of checks that led to no decision. Those of a decision stay with it. */
export const forgetChecks: Forget = async (tx, before, limit) => {
  const { id, startedAt } = pricingRuns;
  const decided = tx.select({ one: sql`1` }).from(decisions).where(eq(decisions.runId, id));
  const old = tx
    .select({ id })
    .from(pricingRuns)
    .where(and(lt(startedAt, before), notExists(decided)))
    .limit(limit);
  return (await tx.delete(pricingRuns).where(inArray(id, old)).returning({ id })).length;
};

export const forgetBudget: Forget = async (tx, before, limit) => {
  const { id, at } = budgetEntries;
  const old = tx.select({ id }).from(budgetEntries).where(lt(at, before)).limit(limit);
  return (await tx.delete(budgetEntries).where(inArray(id, old)).returning({ id })).length;
};

/** Price wars that are over. */
export const forgetWars: Forget = async (tx, before, limit) => {
  const { id, endedAt } = priceWars;
  const old = tx.select({ id }).from(priceWars).where(lt(endedAt, before)).limit(limit);
  return (await tx.delete(priceWars).where(inArray(id, old)).returning({ id })).length;
};

/** A change of many products goes with its run, up to 50,000 rows of it. */
const RUNS_AT_ONCE = 10;

/** Syncs and changes of many products, with what they kept. A store's last sync stays: its page shows it. */
export const forgetRuns: Forget = async (tx, before, limit) => {
  const { id, finishedAt, kind } = runs;
  const later = alias(runs, "later");
  const newer = tx
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.storeId, runs.storeId),
        eq(later.kind, kind),
        sql`${later.createdAt} > ${runs.createdAt}`,
      ),
    );
  const old = tx
    .select({ id })
    .from(runs)
    .where(and(lt(finishedAt, before), sql`(${kind} <> 'sync' or exists ${newer})`))
    .limit(Math.min(limit, RUNS_AT_ONCE));
  return (await tx.delete(runs).where(inArray(id, old)).returning({ id })).length;
};

/** What was sent to webhooks, or was to be. */
export const forgetDeliveries: Forget = async (tx, before, limit) => {
  const { id, createdAt } = webhookDeliveries;
  const old = tx.select({ id }).from(webhookDeliveries).where(lt(createdAt, before)).limit(limit);
  return (await tx.delete(webhookDeliveries).where(inArray(id, old)).returning({ id })).length;
};

export const forgetNotices: Forget = async (tx, before, limit) => {
  const { id, resolvedAt } = notices;
  const old = tx
    .select({ id })
    .from(notices)
    .where(and(isNotNull(resolvedAt), lt(resolvedAt, before)))
    .limit(limit);
  return (await tx.delete(notices).where(inArray(id, old)).returning({ id })).length;
};

/** What people have answered about prices, and is no longer of use. */
export const forgetAnswers: Forget = async (tx, before, limit) => {
  const { productId, cityId, until } = priceAnswers;
  const gone = await tx
    .delete(priceAnswers)
    .where(
      sql`(${productId}, ${cityId}) in ${tx
        .select({ productId, cityId })
        .from(priceAnswers)
        .where(lt(until, before))
        .limit(limit)}`,
    )
    .returning({ productId });
  return gone.length;
};

/** Invites whose link has run out, whether somebody came by it or not. */
export const forgetInvites: Forget = async (tx, before, limit) => {
  const { id, expiresAt } = invites;
  const old = tx.select({ id }).from(invites).where(lt(expiresAt, before)).limit(limit);
  return (await tx.delete(invites).where(inArray(id, old)).returning({ id })).length;
};

/** Who is long back within their pace. */
export const forgetPaces: Forget = async (tx, before, limit) => {
  const { who, pacedUntil } = paces;
  const old = tx.select({ who }).from(paces).where(lt(pacedUntil, before)).limit(limit);
  return (await tx.delete(paces).where(inArray(who, old)).returning({ who })).length;
};

/** Tokens and exits that nothing was asked by lately. */
export const forgetShopPaces: Forget = async (tx, before, limit) => {
  const { who, nextCallAt } = shopPaces;
  const old = tx.select({ who }).from(shopPaces).where(lt(nextCallAt, before)).limit(limit);
  return (await tx.delete(shopPaces).where(inArray(who, old)).returning({ who })).length;
};

/** Answers of the API that are given to nobody again. */
export const forgetApiAnswers: Forget = async (tx, before, limit) => {
  const { userId, operation, key, at } = apiAnswers;
  const old = tx
    .select({ userId, operation, key })
    .from(apiAnswers)
    .where(lt(at, before))
    .limit(limit);
  const gone = await tx
    .delete(apiAnswers)
    .where(sql`(${userId}, ${operation}, ${key}) in ${old} and ${lt(at, before)}`)
    .returning({ key });
  return gone.length;
};

/** Attempts to get in that count against nobody any more. */
export const forgetAttempts: Forget = async (tx, before, limit) => {
  const { id, at } = loginFailures;
  const old = tx.select({ id }).from(loginFailures).where(lt(at, before)).limit(limit);
  return (await tx.delete(loginFailures).where(inArray(id, old)).returning({ id })).length;
};

/** For which notices a rule has made its task: while the notice is kept it would make it anew. */
export const forgetRuleMakings: Forget = async (tx, before, limit) => {
  const { ruleId, noticeId, at } = taskRuleMakings;
  const kept = tx.select({ one: sql`1` }).from(notices).where(eq(notices.id, noticeId));
  const old = tx
    .select({ ruleId, noticeId })
    .from(taskRuleMakings)
    .where(and(lt(at, before), notExists(kept)))
    .limit(limit);
  const gone = await tx
    .delete(taskRuleMakings)
    .where(sql`(${ruleId}, ${noticeId}) in ${old}`)
    .returning({ ruleId });
  return gone.length;
};
