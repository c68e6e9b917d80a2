/** What a program can be told of. */
export const webhookEvents = [
  "price.changed",
  "sync.finished",
  "store.needs_reauth",
  "decision.frozen",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];
/** And the one that is sent by its button only. */
export const sentEvents = [...webhookEvents, "ping"] as const;
export type SentEvent = (typeof sentEvents)[number];

export type WebhookState = "on" | "paused" | "off";
export type DeliveryState = "waiting" | "delivered" | "failed" | "dropped";
/** Why there was no answer that counts. */
export const troubles = [
  "refused",
  "name",
  "silent",
  "late",
  "broken",
  "redirect",
  "status",
] as const;
export type Trouble = (typeof troubles)[number];

/** A webhook as its page shows it. */
export type WebhookLine = {
  id: string;
  url: string;
  events: WebhookEvent[];
  state: WebhookState;
  offReason: "closed" | "failing" | null;
  createdAt: Date;
  lastDeliveredAt: Date | null;
  failingSince: Date | null;
  userId: string;
  userName: string;
};

export type DeliveryLine = {
  id: string;
  event: SentEvent;
  state: DeliveryState;
  attempts: number;
  createdAt: Date;
  triedAt: Date | null;
  nextAt: Date | null;
  status: number | null;
  trouble: Trouble | null;
  excerpt: string | null;
  tookMs: number | null;
};
