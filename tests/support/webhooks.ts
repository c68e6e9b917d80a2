import { createHmac } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { webhookDeliveries, webhooks } from "@/lib/db/schema/webhooks";
import { parsePrivateTargets } from "@/lib/network/private-targets";
import type { WebhookAccess } from "@/lib/webhooks/access";
import { type WebhookEvent, webhookEvents } from "@/lib/webhooks/event-model";
import { addWebhook } from "@/lib/webhooks/manage-webhooks";
import { sendDue } from "@/lib/webhooks/send-deliveries";
import { dueWebhooks } from "@/lib/webhooks/sending-queries";
import type { Received } from "./receiver";

/** Addresses of this machine, or of no other, may be called. */
export const targetsOf = (text: string) => parsePrivateTargets(text) ?? expect.fail(text);

export function hooked(
  parts: Pick<WebhookAccess, "db" | "clock" | "vault">,
  ways: Partial<WebhookAccess> = {},
) {
  const { db, clock, vault } = parts;
  const access: WebhookAccess = { db, clock, vault, targets: targetsOf("127.0.0.1"), ...ways };
  return {
    access,
    add: (caller: Caller, url: string, events: readonly WebhookEvent[] = webhookEvents) =>
      addWebhook(access, caller, { url, events: [...events] }),
    /** What the job does, as often as it has something to do. */
    async sendAll(): Promise<number> {
      let sent = 0;
      for (const id of await dueWebhooks(db, clock())) sent += (await sendDue(access, id)).sent;
      return sent;
    },
    deliveries: (webhookId: string) =>
      db
        .select()
        .from(webhookDeliveries)
        .where(eq(webhookDeliveries.webhookId, webhookId))
        .orderBy(asc(webhookDeliveries.createdAt), asc(webhookDeliveries.subject)),
    async row(webhookId: string) {
      const [row] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId));
      return row ?? expect.fail("no webhook");
    },
  };
}

/** As a receiver does it: nothing of ours. */
export function isSigned(secret: string, { headers, body }: Received): boolean {
  const [t = "", v1 = ""] = `${headers["duken-signature"]}`.split(",");
  const wanted = createHmac("sha256", secret)
    .update(`${t.slice(2)}.${body}`)
    .digest("hex");
  return v1 === `v1=${wanted}`;
}

export const told = (tx: Tx, webhookId: string, event: WebhookEvent) =>
  tx
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, webhookId), eq(webhookDeliveries.event, event)));
