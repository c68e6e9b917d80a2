import { and, asc, eq, gte, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import type { Tx } from "@/lib/db/client";
import { webhookDeliveries as deliveries, webhooks } from "@/lib/db/schema/webhooks";
import { MOST_ATTEMPTS, RETRIES_MS } from "./backoff-rules";
import { isSeenBy } from "./listening-queries";
import type { Outcome } from "./post";

export type Webhook = typeof webhooks.$inferSelect;
export type Delivery = typeof deliveries.$inferSelect;

const isAwake = (now: Date) =>
  and(eq(webhooks.state, "on"), or(isNull(webhooks.restingUntil), lte(webhooks.restingUntil, now)));
const isDue = (now: Date) => and(eq(deliveries.state, "waiting"), lte(deliveries.nextAt, now));

/** Webhooks for which something is due. */
export async function dueWebhooks(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: webhooks.id })
    .from(webhooks)
    .innerJoin(deliveries, eq(deliveries.webhookId, webhooks.id))
    .where(and(isAwake(now), isDue(now)));
  return rows.map(({ id }) => id);
}

/** The webhook if it may be called now, and whose it is; null for a person who is blocked. */
export async function awakeWebhook(
  tx: Tx,
  id: string,
  now: Date,
): Promise<{ webhook: Webhook; caller: Caller | null } | null> {
  const [webhook] = await tx
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, id), isAwake(now)));
  return webhook ? { webhook, caller: await findActiveUser(tx, webhook.userId) } : null;
}

const settle = (tx: Tx, state: "failed" | "dropped", which: SQL | undefined) =>
  tx
    .update(deliveries)
    .set({ state })
    .where(and(eq(deliveries.state, "waiting"), which));

/** Nothing that waits is sent any more. */
export async function dropWaiting(tx: Tx, webhookId: string): Promise<void> {
  await settle(tx, "dropped", eq(deliveries.webhookId, webhookId));
}

/**
 * Takes the next few that are due: their attempt is counted and the next one set before they are sent, so
 * what a killed process leaves behind is sent again then, and by nobody else meanwhile. What the person may
 * not see any more is dropped. None: nothing is due.
 */
export async function takeDue(tx: Tx, asked: Asked, now: Date): Promise<Delivery[]> {
  for (;;) {
    const ids = await lockDue(tx, asked, now);
    if (ids.length === 0) return [];
    const those = inArray(deliveries.id, ids);
    await settle(tx, "dropped", and(those, sql`not coalesce(${isSeenBy(asked.caller)}, false)`));
    // Of the last attempt nothing was heard.
    await settle(tx, "failed", and(those, gte(deliveries.attempts, MOST_ATTEMPTS)));
    const taken = await take(tx, and(those, eq(deliveries.state, "waiting")), now);
    if (taken.length > 0) return taken;
  }
}

type Asked = { webhookId: string; caller: Caller; most: number };

async function lockDue(tx: Tx, { webhookId, most }: Asked, now: Date): Promise<string[]> {
  const rows = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.webhookId, webhookId), isDue(now)))
    .orderBy(asc(deliveries.nextAt), asc(deliveries.createdAt))
    .limit(most)
    .for("update", { skipLocked: true });
  return rows.map(({ id }) => id);
}

/** The same for one that a person wants sent now, whatever became of it: it begins anew. */
export async function takeOne(
  tx: Tx,
  deliveryId: string,
  caller: Caller,
  now: Date,
): Promise<Delivery | null> {
  const which = and(eq(deliveries.id, deliveryId), isSeenBy(caller));
  await tx.update(deliveries).set({ state: "waiting", attempts: 0 }).where(which);
  const [taken] = await take(tx, which, now);
  return taken ?? null;
}

/** By the number of the attempt; after the last one the result has time to be heard of. */
const waitsMs = sql.raw(`array[${[...RETRIES_MS, RETRIES_MS[0]].join(",")}]`);

function take(tx: Tx, which: SQL | undefined, now: Date): Promise<Delivery[]> {
  const wait = sql`(${waitsMs})[least(${deliveries.attempts} + 1, ${MOST_ATTEMPTS})]`;
  return tx
    .update(deliveries)
    .set({
      attempts: sql`${deliveries.attempts} + 1`,
      nextAt: sql`${now.toISOString()}::timestamptz + ${wait} * interval '1 millisecond'`,
      triedAt: now,
    })
    .where(which)
    .returning();
}

/** Keeps what became of an attempt, unless another has begun since: answers whether. A ping has one. */
export async function keepOutcome(
  tx: Tx,
  { id, event, attempts, triedAt }: Delivery,
  { ok, status, trouble, excerpt, tookMs }: Outcome,
): Promise<boolean> {
  const isLast = attempts >= MOST_ATTEMPTS || event === "ping" || status === 410;
  const state = ok ? "delivered" : isLast ? "failed" : null;
  // By its time, too: sent by hand they are counted anew.
  const isTheLast = sql`(${deliveries.attempts}, ${deliveries.triedAt}) = (${attempts}, ${triedAt?.toISOString()})`;
  const kept = await tx
    .update(deliveries)
    .set({ ...(state && { state }), status, trouble, excerpt, tookMs })
    .where(and(eq(deliveries.id, id), isTheLast))
    .returning({ id: deliveries.id });
  return kept.length > 0;
}

/** Locks the webhook, as every change of it does; null when it is gone. */
export async function lockWebhook(tx: Tx, id: string): Promise<Webhook | null> {
  const [webhook] = await tx.select().from(webhooks).where(eq(webhooks.id, id)).for("update");
  return webhook ?? null;
}

export async function updateWebhook(
  tx: Tx,
  id: string,
  set: Partial<Omit<Webhook, "id" | "userId">>,
): Promise<void> {
  await tx.update(webhooks).set(set).where(eq(webhooks.id, id));
}
