import { and, asc, eq, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { noneOf } from "@/lib/db/none-of";
import { preorders } from "@/lib/db/schema/preorders";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, pricingRuns, queueClass } from "@/lib/db/schema/repricing";
import { wideChanges } from "@/lib/db/schema/safety";
import type { DecisionRow } from "@/lib/repricing/check/check-queries";
import { isTouchedByRow } from "@/lib/repricing/hold/touched-queries";

/**
 * A write carries all prices of a product: while one of them is unresolved, what the next would repeat
 * for its city is not known, so a product's cities take turns; and a preorder's write carries them, too.
 */
export const noneUnderWay = (productId: SQL) => sql`(${noPriceUnderWay(productId)}
  and ${noneOf(sql`${preorders} p where p.product_id = ${productId} and p.sending_at is not null`)})`;

/** The same of prices alone: what a preorder of the product waits for. */
export const noPriceUnderWay = (productId: SQL) =>
  noneOf(sql`${decisions} d where d.product_id = ${productId} and d.state in ('sending', 'sent')`);

/** Of a run that goes on nothing is sent: it has not met the breaker yet. */
const isOfEndedRun = noneOf(
  sql`${pricingRuns} r where r.id = ${decisions.runId} and r.finished_at is null`,
);

/** While a change of many rules is tried out, of the bots' prices that it touches only the first few are sent. */
export const isTriedOutFirst = sql`(${decisions.origin} <> 'bot' or ${decisions.actorId} is not null
  or ${noneOf(sql`${wideChanges} w where w.store_id = ${decisions.storeId}
    and w.state in ('open', 'failed')
    and (w.state = 'failed' or w.id is distinct from ${decisions.canaryOf})
    and ${isTouchedByRow}`)})`;

const sendable = (storeId: string, now: Date) =>
  and(
    eq(decisions.storeId, storeId),
    eq(decisions.state, "pending"),
    or(isNull(decisions.notBefore), lte(decisions.notBefore, now)),
    isOfEndedRun,
    isTriedOutFirst,
    noneUnderWay(sql`${decisions.productId}`),
  );

export type Sendable = DecisionRow & { sku: string };

/** The order prices leave in: as the index `decisions_queue` has it. */
export const inTurn = [asc(queueClass), asc(decisions.turnAt), asc(decisions.seq)];

/**
 * The next price to send: a person's first, then what puts prices back, then by its turn, which it keeps
 * however often it is decided anew. While a price of the product is unresolved, in whichever city,
 * the next one waits; one for a city that is no longer priced expires.
 */
export async function nextSendable(tx: Tx, storeId: string, now: Date): Promise<Sendable | null> {
  const [row] = await tx
    .select({ decision: decisions, sku: products.sku })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(
      productCities,
      and(
        eq(productCities.productId, decisions.productId),
        eq(productCities.cityId, decisions.cityId),
        productCities.isPriced,
      ),
    )
    .where(sendable(storeId, now))
    .orderBy(...inTurn)
    .limit(1);
  return row ? { ...row.decision, sku: row.sku } : null;
}

/** When a price is read back that another of its product waits for, and that could leave then. */
export async function nextTurn(tx: Tx, storeId: string, now: Date): Promise<Date | null> {
  const waits = sql`exists (select 1 from ${decisions} d where d.product_id = ${decisions.productId}
    and d.state = 'pending' and (d.not_before is null or d.not_before <= ${later(now, MINUTE).toISOString()}))`;
  const [row] = await tx
    .select({ at: decisions.confirmAt })
    .from(decisions)
    .where(
      and(eq(decisions.storeId, storeId), inArray(decisions.state, ["sending", "sent"]), waits),
    )
    .orderBy(asc(decisions.confirmAt))
    .limit(1);
  return row?.at ?? null;
}
