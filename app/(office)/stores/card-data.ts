import type { RuleAbove } from "@/components/repricing/rule-draft";
import type { Caller } from "@/lib/auth/model";
import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import type { RuleFormTexts } from "@/lib/repricing/rule/rule-form-model";
import { ruleFormValues } from "@/lib/repricing/rule/rule-form-values";
import { ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";
import { type RunProgress, toProgress } from "@/lib/runs/model";
import type { Run } from "@/lib/runs/queries";
import type { StoreView } from "@/lib/stores/model";

export type StoreCardData = {
  store: Omit<StoreView, "rule">;
  run: RunProgress | null;
  /** The rule of the installation, what the store says of its own, and the two together. */
  rule: { above: RuleAbove; values: RuleFormTexts; effective: RuleAbove };
  /** Of its products with a bot: how many take all of the rule, and how many have words of their own. */
  reach: { inherit: number; deviate: number };
  mayChange: boolean;
  mayChangeRule: boolean;
  /** It is the caller's own, or they own the installation: a share does not give the store away. */
  mayGive: boolean;
};

export function cardsOf(
  caller: Caller,
  stores: StoreView[],
  runs: Run[],
  reaches: ReadonlyMap<string, StoreCardData["reach"]>,
): StoreCardData[] {
  const runOf = new Map(runs.map((run) => [run.storeId, toProgress(run)]));
  return stores.map(({ rule: stored, ...store }) => {
    const own = ruleOverrideSchema.parse(stored);
    const { enabled: _, floor: __, ceiling: ___, ...above } = defaultRule;
    return {
      store,
      run: runOf.get(store.id) ?? null,
      rule: { above, values: ruleFormValues(own), effective: { ...above, ...own } },
      reach: reaches.get(store.id) ?? { inherit: 0, deviate: 0 },
      mayChange: store.may.includes("change_store"),
      mayChangeRule: store.may.includes("change_rule"),
      mayGive: store.may.includes("change_store") && (caller.role === "owner" || store.isMine),
    };
  });
}
