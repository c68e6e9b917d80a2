import type { Tx } from "@/lib/db/client";
import { earsOf, type Told, tell } from "@/lib/webhooks/tell";
import type { NewDecision } from "./check-queries";

/** Programs hear of the prices that wait for a person, in the transaction that saves them. */
export async function tellOfFrozen(
  tx: Tx,
  saved: readonly NewDecision[],
  now: Date,
): Promise<void> {
  const frozen = saved.filter(({ state }) => state === "frozen");
  const [first] = frozen;
  if (!first) return;
  const ears = await earsOf(tx, "decision.frozen", first.storeId);
  await tell(tx, ears, "decision.frozen", frozen.map(toTold), now);
}

function toTold(row: NewDecision): Told<"decision.frozen"> {
  return {
    of: row.id,
    data: {
      store_id: row.storeId,
      product_id: row.productId,
      city_id: row.cityId,
      decision_id: row.id,
      reason: row.reason,
      price_before: row.priceBefore ?? null,
      price: row.price ?? null,
      decided_at: row.decidedAt.toISOString(),
    },
  };
}
