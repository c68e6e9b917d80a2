import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { forgetAnswered } from "@/lib/repricing/hold/answer-queries";
import { makeProductsDue } from "@/lib/repricing/send/publish-queries";

/** The seller has changed something a decision rests on: the product is looked at at once. */
export async function dueNow(
  tx: Tx,
  product: { id: string; storeId: string },
  now: Date,
): Promise<void> {
  await makeProductsDue(tx, [product.id], now);
  await forgetAnswered(tx, { productIds: [product.id] });
  await emit(tx, [events.repriceRequested.create({ storeId: product.storeId })]);
}
