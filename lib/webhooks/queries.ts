import { and, asc, desc, eq, ne, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { webhookDeliveries as deliveries, webhooks } from "@/lib/db/schema/webhooks";
import { users } from "@/lib/db/schema/workspace";
import type { DeliveryLine, WebhookLine } from "./event-model";
import type { Delivery, Webhook } from "./sending-queries";

/** Whose webhooks the caller may see and change. */
const withinReach = (caller: Caller) =>
  caller.role === "owner" ? sql`true` : eq(webhooks.userId, caller.id);

const lineColumns = {
  id: webhooks.id,
  url: webhooks.url,
  events: webhooks.events,
  state: webhooks.state,
  offReason: webhooks.offReason,
  createdAt: webhooks.createdAt,
  lastDeliveredAt: webhooks.lastDeliveredAt,
  failingSince: webhooks.failingSince,
  userId: webhooks.userId,
  userName: users.name,
};

type Page = { limit: number; offset: number };
const everything: Page = { limit: 10_000, offset: 0 };

/** The caller's own first, the newest first; an owner sees everybody's. */
export async function listWebhooks(
  tx: Tx,
  caller: Caller,
  { limit, offset }: Page = everything,
): Promise<WebhookLine[]> {
  const isForeign = sql`${webhooks.userId} <> ${caller.id}`;
  const rows = await tx
    .select(lineColumns)
    .from(webhooks)
    .innerJoin(users, eq(users.id, webhooks.userId))
    .where(withinReach(caller))
    .orderBy(isForeign, asc(users.name), desc(webhooks.createdAt), asc(webhooks.id))
    .limit(limit)
    .offset(offset);
  return rows as WebhookLine[];
}

export const countWebhooks = (tx: Tx, caller: Caller): Promise<number> =>
  tx.$count(webhooks, withinReach(caller));

export async function webhookById(tx: Tx, caller: Caller, id: string): Promise<WebhookLine | null> {
  const [row] = await tx
    .select(lineColumns)
    .from(webhooks)
    .innerJoin(users, eq(users.id, webhooks.userId))
    .where(and(eq(webhooks.id, id), withinReach(caller)));
  return (row as WebhookLine | undefined) ?? null;
}

/** The webhook, locked: nobody changes it meanwhile. */
export async function lockWithinReach(tx: Tx, caller: Caller, id: string): Promise<Webhook | null> {
  const [row] = await tx
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, id), withinReach(caller)))
    .for("update");
  return row ?? null;
}

/** How many somebody has; until the transaction ends they get no other. */
export async function countOwn(tx: Tx, userId: string): Promise<number> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
  return tx.$count(webhooks, eq(webhooks.userId, userId));
}

export async function insertWebhook(tx: Tx, row: typeof webhooks.$inferInsert): Promise<string> {
  const [made] = await tx.insert(webhooks).values(row).returning({ id: webhooks.id });
  if (!made) throw new Error("insert into webhooks returned nothing");
  return made.id;
}

export async function deleteWebhook(tx: Tx, id: string): Promise<void> {
  await tx.delete(webhooks).where(eq(webhooks.id, id));
}

export async function insertPing(tx: Tx, webhookId: string, now: Date): Promise<Delivery> {
  const id = crypto.randomUUID();
  const [made] = await tx
    .insert(deliveries)
    .values({
      ...{ id, webhookId, event: "ping", subject: `ping:${id}`, data: { webhook_id: webhookId } },
      ...{ createdAt: now, nextAt: now, triedAt: now, attempts: 1 },
    })
    .returning();
  if (!made) throw new Error("insert into webhook_deliveries returned nothing");
  return made;
}

const isOf = (webhookId: string) => eq(deliveries.webhookId, webhookId);

/** The newest first. The webhook is within reach of who asks. */
export async function listDeliveries(
  tx: Tx,
  webhookId: string,
  { limit, offset }: Page,
): Promise<DeliveryLine[]> {
  const { id, event, state, attempts, createdAt, triedAt, status, trouble, excerpt, tookMs } =
    deliveries;
  const nextAt = sql`case when ${state} = 'waiting' then ${deliveries.nextAt} end`.mapWith(
    deliveries.nextAt,
  );
  const rows = await tx
    .select({
      ...{ id, event, state, attempts, createdAt, triedAt, nextAt },
      ...{ status, trouble, excerpt, tookMs },
    })
    .from(deliveries)
    .where(isOf(webhookId))
    .orderBy(desc(createdAt), desc(id))
    .limit(limit)
    .offset(offset);
  return rows as DeliveryLine[];
}

export const countDeliveries = (tx: Tx, webhookId: string): Promise<number> =>
  tx.$count(deliveries, isOf(webhookId));

/** Whose webhook a delivery is for; a ping is sent by its own button. */
export async function webhookOfDelivery(tx: Tx, deliveryId: string): Promise<string | null> {
  const [row] = await tx
    .select({ webhookId: deliveries.webhookId })
    .from(deliveries)
    .where(and(eq(deliveries.id, deliveryId), ne(deliveries.event, "ping")));
  return row?.webhookId ?? null;
}
