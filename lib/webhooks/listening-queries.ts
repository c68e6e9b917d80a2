import { and, arrayContains, eq, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { ViewPermission } from "@/lib/auth/permission-model";
import { mayRead } from "@/lib/auth/permissions";
import { callerColumns } from "@/lib/auth/users";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { webhookDeliveries, webhooks } from "@/lib/db/schema/webhooks";
import { users } from "@/lib/db/schema/workspace";
import type { SentEvent, WebhookEvent } from "./event-model";

/** What one must be allowed to see of the store an event is of. */
const needed: Record<WebhookEvent, ViewPermission> = {
  "price.changed": "view_product",
  "decision.frozen": "view_product",
  "sync.finished": "view_store",
  "store.needs_reauth": "view_store",
};

/** Webhooks that are on for the event, with whose they are; those of blocked people are not. */
export async function listeningTo(
  tx: Tx,
  event: WebhookEvent,
): Promise<{ webhookId: string; caller: Caller }[]> {
  const rows = await tx
    .select({ webhookId: webhooks.id, ...callerColumns })
    .from(webhooks)
    .innerJoin(users, eq(users.id, webhooks.userId))
    .where(
      and(
        eq(webhooks.state, "on"),
        arrayContains(webhooks.events, [event]),
        eq(users.isActive, true),
      ),
    );
  return rows.map(({ webhookId, ...caller }) => ({ webhookId, caller }));
}

/** Which of them may see what the event tells of the store, in the order they are given. */
export async function whoSees(
  tx: Tx,
  callers: readonly Caller[],
  { event, storeId }: { event: WebhookEvent; storeId: string },
): Promise<boolean[]> {
  const each = callers.map((caller) => sql`coalesce(${mayRead(caller, needed[event])}, false)`);
  const [row] = await tx
    .select({ seen: sql<boolean[]>`array[${sql.join(each, sql`, `)}]` })
    .from(stores)
    .where(eq(stores.id, storeId));
  return row?.seen ?? callers.map(() => false);
}

/** Whether the caller may still see what a delivery tells of: goes into the WHERE of a query over deliveries. */
export function isSeenBy(caller: Caller): SQL {
  const ofEvents = Object.entries(needed).map(
    ([event, permission]) =>
      sql`(${webhookDeliveries.event} = ${event} and ${mayRead(caller, permission)})`,
  );
  return sql`(${webhookDeliveries.storeId} is null or exists (select 1 from ${stores}
    where ${stores.id} = ${webhookDeliveries.storeId} and (${sql.join(ofEvents, sql` or `)})))`;
}

export type Fact = { subject: string; storeId: string | null; data: Record<string, unknown> };

/**
 * A delivery of each fact to each webhook that is still there, all in one statement; what a webhook has been
 * told it is not told again. Who deletes one meanwhile waits, or is waited for: what has happened stands.
 */
export async function insertDeliveries(
  tx: Tx,
  { webhookIds, event, facts }: { webhookIds: string[]; event: SentEvent; facts: Fact[] },
  now: Date,
): Promise<void> {
  await tx.execute(sql`
    insert into ${webhookDeliveries} (webhook_id, event, subject, store_id, data, created_at, next_at)
    select w.id, ${event}, f.subject, f."storeId", f.data, ${now.toISOString()}, ${now.toISOString()}
    from ${webhooks} w
    cross join jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
      as f(subject text, "storeId" uuid, data jsonb)
    where w.id = any(${sql.param(webhookIds)}::uuid[])
    for key share of w
    on conflict do nothing`);
}
