import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import { storeRule, storesMeant } from "@/lib/stores/queries";
import { type RuleOverride, ruleOverrideSchema } from "./rule-model";
import { setDefaultRule } from "./set-rule";

type Exclusion = {
  merchantId: string;
  /** None: all of the caller's own. */
  storeId: string | undefined;
  excluded: boolean;
};

/**
 * Leaves a seller out of the rivals of a store's rule, or counts them again. Products with a list of
 * their own keep it. Returns in how many stores something has changed. Throws `not_found` for a store
 * the caller may not change and for no store at all, `conflict` for a rule that cannot be read.
 */
export function excludeRival(
  db: Db,
  caller: Caller,
  { merchantId, storeId, excluded }: Exclusion,
  now: Date,
): Promise<number> {
  return db.transaction(async (tx) => {
    const stores = await storesMeant(tx, caller, storeId, "change_rule");
    if (stores.length === 0) throw new AppError("not_found", "no_own_stores");
    for (const { id } of stores) await lockLedger(tx, id);
    let changed = 0;
    for (const { id } of stores) {
      const { rule } = await storeRule(tx, id);
      const next = withRival(rule, merchantId, excluded);
      if (next === null) continue;
      await setDefaultRule(tx, caller, id, next, now);
      changed += 1;
    }
    return changed;
  });
}

/** The rule with the seller on its list or off it; null: so it is already. */
function withRival(stored: unknown, merchantId: string, excluded: boolean): RuleOverride | null {
  const rule = ruleOverrideSchema.safeParse(stored);
  if (!rule.success) throw new AppError("conflict", "rule_unreadable");
  const { excludeRivals = [], ...rest } = rule.data;
  if (excludeRivals.includes(merchantId) === excluded) return null;
  const others = excludeRivals.filter((id) => id !== merchantId);
  const list = excluded ? [...others, merchantId] : others;
  const next = ruleOverrideSchema.safeParse(
    list.length > 0 ? { ...rest, excludeRivals: list } : rest,
  );
  if (!next.success) throw new AppError("invalid", "too_many_rivals");
  return next.data;
}

/** In the rules of how many of these stores the seller is left out, by seller. */
export function excludedRivals(rules: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const stored of rules)
    for (const id of ruleOverrideSchema.safeParse(stored).data?.excludeRivals ?? [])
      counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
