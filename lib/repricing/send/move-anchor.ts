import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { setStanding } from "@/lib/products/city-queries";
import type { DecisionRow } from "@/lib/repricing/check/check-queries";
import { cityOf } from "./exit-lock-queries";

/**
 * Kaspi shows a person's price: from now on the bot may rise as high as it says. What was never shown
 * moves nothing, so there is nothing to put back. Call it with the product locked.
 */
export async function moveAnchor(
  tx: Tx,
  { origin, inputs, productId, cityId }: DecisionRow,
): Promise<void> {
  if (origin === "bot") return;
  const { anchorNext: anchor } = JSON.parse(inputs) as { anchorNext?: Tenge };
  const city = await cityOf(tx, { productId, cityId });
  if (anchor === undefined || !city) return;
  await setStanding(tx, { productId, cityId, isLead: city.isLead }, { anchor });
}
