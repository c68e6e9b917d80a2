import { z } from "zod";
import {
  type DeliveryLine,
  sentEvents,
  troubles,
  type WebhookLine,
  webhookEvents,
} from "@/lib/webhooks/event-model";
import type { Outcome } from "@/lib/webhooks/post";

const moment = z.iso.datetime();

export const webhookAnswer = z
  .object({
    id: z.uuid(),
    user_id: z.uuid().describe("Whose it is: it hears of the stores they may see"),
    url: z.string(),
    events: z.array(z.enum(webhookEvents)),
    is_active: z.boolean(),
    off_reason: z
      .enum(["closed", "failing"])
      .nullable()
      .describe("Turned off by us: the receiver answered 410, or nothing arrived for three days"),
    created_at: moment,
    last_delivered_at: moment.nullable(),
    failing_since: moment.nullable(),
  })
  .meta({ id: "Webhook" });

export function toWebhookAnswer(row: WebhookLine): z.input<typeof webhookAnswer> {
  return {
    id: row.id,
    user_id: row.userId,
    url: row.url,
    events: row.events,
    is_active: row.state === "on",
    off_reason: row.offReason,
    created_at: row.createdAt.toISOString(),
    last_delivered_at: row.lastDeliveredAt?.toISOString() ?? null,
    failing_since: row.failingSince?.toISOString() ?? null,
  };
}

const outcome = {
  status: z.int().nullable().describe("What the receiver answered; null: nothing"),
  trouble: z
    .enum(troubles)
    .nullable()
    .describe(
      "`refused`: an inner address, `name`: it has no address, `silent`: nobody takes the call, `late`: over 10 s, `broken`: broken off or no TLS",
    ),
  excerpt: z.string().nullable().describe("The beginning of the answer"),
  took_ms: z.int().min(0).nullable(),
};

export const deliveryAnswer = z
  .object({
    id: z.uuid().describe("Also `Duken-Delivery` and the `id` of the body"),
    event: z.enum(sentEvents),
    state: z.enum(["waiting", "delivered", "failed", "dropped"]),
    attempts: z.int().min(0),
    created_at: moment,
    last_attempt_at: moment.nullable(),
    next_attempt_at: moment.nullable(),
    ...outcome,
  })
  .meta({ id: "Delivery" });

export function toDeliveryAnswer(row: DeliveryLine): z.input<typeof deliveryAnswer> {
  return {
    id: row.id,
    event: row.event,
    state: row.state,
    attempts: row.attempts,
    created_at: row.createdAt.toISOString(),
    last_attempt_at: row.triedAt?.toISOString() ?? null,
    next_attempt_at: row.nextAt?.toISOString() ?? null,
    status: row.status,
    trouble: row.trouble,
    excerpt: row.excerpt,
    took_ms: row.tookMs,
  };
}

export const testAnswer = z
  .object({ delivered: z.boolean(), ...outcome })
  .meta({ id: "WebhookTest" });

export const toTestAnswer = ({ ok, status, trouble, excerpt, tookMs }: Outcome) => ({
  delivered: ok,
  ...{ status, trouble, excerpt, took_ms: tookMs },
});
