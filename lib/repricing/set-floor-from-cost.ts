import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { lockProduct, shownPrice } from "@/lib/products/queries";
import { storeRule } from "@/lib/stores/queries";
import { ruleOf } from "./check-products";
import { judgeBotSwitch, judgeLimitsChange } from "./manual-rules";
import { ruleOverrideSchema } from "./rule-model";
import { setProductRule } from "./set-rule";

type Said = {
  on: boolean;
  /** The person has seen that the floor would be under half of the present price. */
  confirm: boolean;
};

/**
 * Whether a product's floor comes from its cost. Throws `invalid` when its bot would be left without a
 * floor or its rule cannot be read, `confirmation_needed` when the floor is under half of the price.
 */
export async function setFloorFromCost(
  db: Db,
  caller: Caller,
  productId: string,
  { on, confirm }: Said,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId);
    const own = ruleOverrideSchema.safeParse(product.rule);
    if (!own.success) throw new AppError("invalid", "rule_unreadable");
    const rule = { ...own.data, floorFromCost: on };
    const store = await storeRule(tx, product.storeId);
    const was = ruleOf(store, product).rule.floor;
    const floor = ruleOf(store, { ...product, rule }).rule.floor;
    const price = await shownPrice(tx, productId);
    const params = { floor: floor ?? 0, price: price ?? 0 };
    for (const verdict of [
      judgeBotSwitch(product.botEnabled, floor),
      judgeLimitsChange({ floor: was }, { floor, ceiling: null }, price),
    ]) {
      if (verdict.kind === "refuse") throw new AppError("invalid", verdict.key);
      if (verdict.kind === "confirm" && !confirm)
        throw new AppError("confirmation_needed", verdict.key, { params });
    }
    await setProductRule(tx, caller, productId, rule, now);
  });
}
