import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { lockProduct } from "@/lib/products/queries";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setCosts } from "@/lib/repricing/cost-floor/set-costs";
import { readRule } from "@/lib/repricing/rule/read-rule";
import type { RuleOverride } from "@/lib/repricing/rule/rule-model";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import type { ProductChanges } from "./product-fields";

/** What our fields are called in the contract. */
const wireName: Record<string, string> = { floor: "min_price", ceiling: "max_price" };

/**
 * Sets all that is named, or nothing; each by the rules it has on its page. Throws `not_found`, `forbidden`,
 * `invalid` with the field at fault, `confirmation_needed`.
 */
export async function changeProduct(
  db: Tx,
  caller: Caller,
  productId: string,
  changes: ProductChanges,
  now: Date,
): Promise<void> {
  try {
    await db.transaction((tx) => changeAll(tx, caller, productId, changes, now));
  } catch (error) {
    if (isAppError(error))
      for (const detail of error.details) detail.path = wireName[detail.path] ?? detail.path;
    throw error;
  }
}

async function changeAll(
  tx: Tx,
  caller: Caller,
  productId: string,
  { confirm, bot_active, min_price, max_price, cost, strategy, step }: ProductChanges,
  now: Date,
): Promise<void> {
  // Seen before anything else is judged: nobody learns from a refusal what is not theirs to see.
  const product = await lockProduct(tx, caller, productId, "change_price");
  // A bot that is switched off may lose its floor, one that is switched on needs it first.
  if (bot_active === false) await setBot(tx, caller, productId, false, now);
  if (cost !== undefined) await setCosts(tx, caller, productId, { costs: { cost }, confirm }, now);
  if (strategy !== undefined || step !== undefined) {
    const rule = withChanges(product.rule, { strategy, step });
    await setProductRule(tx, caller, productId, rule, now, null, { confirm });
  }
  if (min_price !== undefined || max_price !== undefined) {
    const limits = { floor: min_price, ceiling: max_price, confirm };
    await setLimits(tx, caller, productId, limits, now);
  }
  if (bot_active === true) await setBot(tx, caller, productId, true, now);
}

/** Throws `conflict` when nobody can read what is stored. */
function withChanges(
  stored: unknown,
  changes: Pick<ProductChanges, "strategy" | "step">,
): RuleOverride {
  const { data } = readRule(stored);
  if (!data) throw new AppError("conflict", "rule_unreadable");
  const rule: Record<string, unknown> = { ...data };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete rule[name];
    else if (value !== undefined) rule[name] = value;
  }
  return rule as RuleOverride;
}
