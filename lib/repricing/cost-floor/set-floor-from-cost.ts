import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { lockProduct } from "@/lib/products/queries";
import { ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";
import { setProductRule } from "@/lib/repricing/rule/set-rule";

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
    const product = await lockProduct(tx, caller, productId, "change_rule");
    const own = ruleOverrideSchema.safeParse(product.rule);
    if (!own.success) throw new AppError("invalid", "rule_unreadable");
    const rule = { ...own.data, floorFromCost: on };
    await setProductRule(tx, caller, productId, rule, now, null, { confirm });
  });
}
