import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import type { EventData } from "./event-data-model";
import type { WebhookEvent } from "./event-model";
import { insertDeliveries, listeningTo, whoSees } from "./listening-queries";

/** Webhooks that want to hear of an event in a store, of people who may see it now. */
export type Ears = readonly string[];

/**
 * Who is to be told. One query over a handful of rows when nobody is, so that a batch may ask once before it
 * begins: who comes meanwhile hears of the next.
 */
export async function earsOf(tx: Tx, event: WebhookEvent, storeId: string): Promise<Ears> {
  const listening = await listeningTo(tx, event);
  if (listening.length === 0) return [];
  const callers = listening.map(({ caller }) => caller);
  const seen = await whoSees(tx, callers, { event, storeId });
  return listening.flatMap(({ webhookId }, nth) => (seen[nth] ? [webhookId] : []));
}

/** What has happened once, whoever tells of it however often, and what is told. */
export type Told<E extends WebhookEvent> = { of: string; data: EventData<E> };

/**
 * Writes down what is to be sent, in the transaction of what has happened: it is sent if and only if that
 * commits. Two statements, however much it is.
 */
export async function tell<E extends WebhookEvent>(
  tx: Tx,
  ears: Ears,
  event: E,
  told: readonly Told<E>[],
  now: Date,
): Promise<void> {
  if (told.length === 0) return;
  await writeDown(tx, ears, event, told, now);
  await sendSoon(tx, ears);
}

/** The first half, for what happens in many transactions one after another: the other half is said once, after them. */
export async function writeDown<E extends WebhookEvent>(
  tx: Tx,
  ears: Ears,
  event: E,
  told: readonly Told<E>[],
  now: Date,
): Promise<void> {
  if (ears.length === 0) return;
  const facts = told.map(({ of, data }) => ({
    subject: `${event}:${of}`,
    storeId: data.store_id,
    data,
  }));
  await insertDeliveries(tx, { webhookIds: [...ears], event, facts }, now);
}

/** Who dies before it has said this leaves what it has written down to the next minute. */
export async function sendSoon(tx: Tx, ears: Ears): Promise<void> {
  await emit(
    tx,
    ears.map((webhookId) => events.webhookDue.create({ webhookId })),
  );
}
