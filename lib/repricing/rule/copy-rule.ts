import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { findProduct } from "@/lib/products/queries";
import type { BulkChange } from "@/lib/repricing/bulk/bulk-model";
import { type RuleOverride, ruleOverrideSchema } from "./rule-model";
import { ownRuleOf } from "./rule-version-queries";

/** A rule as it is stored, or `invalid` when it is of no version we know. */
export function readableRule(stored: unknown): RuleOverride {
  const { data } = ruleOverrideSchema.safeParse(stored);
  if (!data) throw new AppError("invalid", "rule_unreadable");
  return data;
}

/** What a product says of its own, for others to take over. Throws `not_found`, or `invalid` when nobody can read it. */
export async function ruleToCopy(tx: Tx, caller: Caller, productId: string): Promise<RuleOverride> {
  const { id } = await findProduct(tx, caller, productId);
  return readableRule(await ownRuleOf(tx, id));
}

/** A bulk change with the rule it copies, as that stands now. */
export async function withCopied(tx: Tx, caller: Caller, change: BulkChange): Promise<BulkChange> {
  if (change.kind !== "copy" || change.from === null) return change;
  return { ...change, rule: await ruleToCopy(tx, caller, change.from) };
}
