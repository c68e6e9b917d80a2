import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { raiseCityAnchors } from "@/lib/products/city-queries";
import { forgetAnswered } from "@/lib/repricing/hold/answer-queries";
import { noteWideChange } from "@/lib/repricing/hold/wide-change";
import { makeProductsDue } from "@/lib/repricing/send/publish-queries";

export type FollowedProduct = {
  id: string;
  storeId: string;
  /** As it is now. */
  botEnabled: boolean;
  isSwitchedOn: boolean;
};

/** Named in one statement. */
const PIECE = 5_000;

/**
 * What follows when fields of many products were set: the change is noted, bots that came on may rise, all
 * are due and asked for at once, and answers about their prices are void. Call it in the same transaction,
 * with the products locked and given in the order of their ids. Calls of one subject add up.
 */
export async function followChange(
  tx: Tx,
  change: { subject: string; by: string | null; now: Date },
  changed: readonly FollowedProduct[],
): Promise<void> {
  await note(tx, change, changed);
  const switchedOn = changed.filter(({ isSwitchedOn }) => isSwitchedOn);
  for (const ids of pieces(switchedOn)) await raiseCityAnchors(tx, ids);
  for (const ids of pieces(changed)) await makeProductsDue(tx, ids, change.now);
  for (const productIds of pieces(changed)) await forgetAnswered(tx, { productIds });
  const storeIds = new Set(changed.map(({ storeId }) => storeId));
  await emit(
    tx,
    [...storeIds].map((storeId) => events.repriceRequested.create({ storeId })),
  );
}

/** Store by store, under the change's own id. */
async function note(
  tx: Tx,
  { subject, by, now }: { subject: string; by: string | null; now: Date },
  changed: readonly FollowedProduct[],
): Promise<void> {
  const counts = new Map<string, number>();
  for (const { storeId, botEnabled } of changed)
    if (botEnabled) counts.set(storeId, (counts.get(storeId) ?? 0) + 1);
  for (const [storeId, products] of [...counts].sort(([one], [other]) => (one < other ? -1 : 1)))
    await noteWideChange(tx, { storeId, what: "bulk", products, subject, by, now });
}

function* pieces(products: readonly FollowedProduct[]): Generator<string[]> {
  for (let from = 0; from < products.length; from += PIECE)
    yield products.slice(from, from + PIECE).map(({ id }) => id);
}
