import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { type Costs, noCosts } from "@/lib/costs/model";
import { currentCosts, saveCosts } from "@/lib/costs/queries";
import { workOutOne } from "@/lib/costs/work-out";
import type { Tx } from "@/lib/db/client";
import { dearestPrice, lockProduct } from "@/lib/products/queries";
import { judgeLimitsChange } from "@/lib/repricing/by-hand/manual-rules";
import { ruleOf } from "@/lib/repricing/check/check-products";
import { dueNow } from "@/lib/repricing/check/due-now";
import { canonicalJson } from "@/lib/repricing/ledger/ledger-rules";
import { storeRule } from "@/lib/stores/queries";
import { floorSubject } from "./cost-floor-queries";
import { refreshFloors } from "./recompute-floors";

type Said = {
  /** What is absent stays as it is. */
  costs: Partial<Costs>;
  /** The person has seen that the floor would be under half of the present price. */
  confirm: boolean;
};

/**
 * Sets what a product costs; the version before is kept. Its floor is computed at once and the product
 * is due when the floor counts. Throws `confirmation_needed` when that floor is under half of the price.
 */
export async function setCosts(
  db: Tx,
  caller: Caller,
  productId: string,
  { costs: said, confirm }: Said,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId, "change_price");
    const before = (await currentCosts(tx, [productId])).get(productId) ?? noCosts;
    const costs = { ...before, ...said };
    if (canonicalJson(before) === canonicalJson(costs)) return;
    const { floor, inFull: costInFull } = await workOutOne(tx, product, now, costs);
    const computed =
      floor.kind === "floor"
        ? { costFloor: floor.floor, costGaps: floor.gaps }
        : { costFloor: null, costGaps: [] };
    const rule = await storeRule(tx, product.storeId);
    const was = ruleOf(rule, product).rule;
    const becomes = ruleOf(rule, { ...product, ...computed, costInFull }).rule;
    const price = await dearestPrice(tx, productId);
    const verdict = judgeLimitsChange(was, { floor: becomes.floor, ceiling: null }, price);
    if (verdict.kind === "confirm" && !confirm) {
      const params = { floor: becomes.floor ?? 0, price: price ?? 0 };
      throw new AppError("confirmation_needed", verdict.key, { params });
    }
    await saveCosts(tx, [{ productId, costs }], { userId: caller.id, source: "page" }, now);
    await refreshFloors(tx, [await floorSubject(tx, productId)], now, () =>
      dueNow(tx, product, now),
    );
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.costs_changed",
      subjectId: productId,
      details: { before, after: costs },
    });
  });
}
