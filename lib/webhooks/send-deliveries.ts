import { audit } from "@/lib/auth/audit";
import { SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { log } from "@/lib/log";
import { raiseNotice } from "@/lib/notices/queries";
import type { WebhookAccess } from "./access";
import { isLost, restsUntil } from "./backoff-rules";
import { type Outcome, post } from "./post";
import {
  awakeWebhook,
  type Delivery,
  dropWaiting,
  keepOutcome,
  lockWebhook,
  takeDue,
  updateWebhook,
  type Webhook,
} from "./sending-queries";
import { signatureOf } from "./signature";

/** To one webhook. */
const AT_ONCE = 5;
/** Others wait for the place meanwhile; what is left comes after them. */
const LONGEST_MS = 10 * SECOND;

export type Sent = { sent: number; goesOn: boolean };

/**
 * Sends what is due to a webhook, a few at once, for as long as a step may be. Who does not answer is left
 * alone for a while with everything that waits. A crash at any line costs nothing but a second arrival with
 * the same id.
 */
export async function sendDue(
  access: WebhookAccess,
  webhookId: string,
  signal?: AbortSignal,
): Promise<Sent> {
  const until = performance.now() + LONGEST_MS;
  for (let sent = 0; ; ) {
    signal?.throwIfAborted();
    if (performance.now() > until) return { sent, goesOn: true };
    const taken = await takeSome(access, webhookId);
    if (taken === null || taken.deliveries.length === 0) return { sent, goesOn: false };
    const { webhook, deliveries } = taken;
    await Promise.all(deliveries.map((delivery) => sendOne(access, webhook, delivery)));
    sent += deliveries.length;
  }
}

/** Rights of the moment: nothing leaves for who is blocked, or of what they may not see any more. */
async function takeSome(
  { db, clock }: WebhookAccess,
  webhookId: string,
): Promise<{ webhook: Webhook; deliveries: Delivery[] } | null> {
  return db.transaction(async (tx) => {
    const found = await awakeWebhook(tx, webhookId, clock());
    if (!found) return null;
    const { webhook, caller } = found;
    if (caller) {
      const due = { webhookId, caller, most: AT_ONCE };
      return { webhook, deliveries: await takeDue(tx, due, clock()) };
    }
    await dropWaiting(tx, webhookId);
    return null;
  });
}

/** One attempt, which has been counted, and what came of it. */
export async function sendOne(
  access: WebhookAccess,
  webhook: Webhook,
  delivery: Delivery,
): Promise<Outcome> {
  const outcome = await post(access, letterOf(access, webhook, delivery));
  const { ok, status, trouble, tookMs } = outcome;
  log.info({ webhook: webhook.id, delivery: delivery.id, ok, status, trouble, tookMs }, "webhook");
  await access.db.transaction(async (tx) => {
    const locked = await lockWebhook(tx, webhook.id);
    if (!locked || !(await keepOutcome(tx, delivery, outcome))) return;
    const now = access.clock();
    if (ok) await updateWebhook(tx, webhook.id, { ...answering, lastDeliveredAt: now });
    // A button that fails says so to who pressed it.
    else if (delivery.event !== "ping") await noteFailure(tx, locked, outcome, now);
  });
  return outcome;
}

const answering = { failingSince: null, silences: 0, restingUntil: null };

async function noteFailure(
  tx: Tx,
  webhook: Webhook,
  { status }: Outcome,
  now: Date,
): Promise<void> {
  const failingSince = webhook.failingSince ?? now;
  await updateWebhook(tx, webhook.id, { failingSince, ...restOf(webhook, status === null, now) });
  if (status === 410) await turnOff(tx, webhook, "closed", now);
  else if (isLost(failingSince, now)) await turnOff(tx, webhook, "failing", now);
}

/** Those that were sent side by side are silent once. */
function restOf({ silences, restingUntil }: Webhook, isSilent: boolean, now: Date) {
  if (!isSilent) return { silences: 0, restingUntil: null };
  if (restingUntil && restingUntil > now) return {};
  return { silences: silences + 1, restingUntil: restsUntil(silences + 1, now) };
}

/** Tells whose it is, once. */
async function turnOff(
  tx: Tx,
  { id, userId, state, url }: Webhook,
  offReason: "closed" | "failing",
  now: Date,
): Promise<void> {
  if (state !== "on") return;
  await updateWebhook(tx, id, { state: "off", offReason });
  await dropWaiting(tx, id);
  const { host } = new URL(url);
  const details = { name: host, reason: offReason };
  await audit(tx, { at: now, userId: null, action: "webhook.turned_off", subjectId: id, details });
  await raiseNotice(tx, {
    kind: "webhook_off",
    about: id,
    severity: "warning",
    userId,
    params: { host, reason: offReason },
  });
}

/** The same body with the same id at every attempt; the time of the signature is the attempt's. */
function letterOf({ vault, clock }: WebhookAccess, webhook: Webhook, delivery: Delivery) {
  const { id, event, createdAt, data } = delivery;
  const body = JSON.stringify({ id, event, created_at: createdAt.toISOString(), data });
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "Duken-Webhooks/1",
    "duken-event": event,
    "duken-delivery": id,
    "duken-signature": signatureOf(vault.open(webhook.secret), body, clock()),
  };
  return { url: webhook.url, body, headers };
}
