"use client";

import { RuleHistory } from "@/components/repricing/rule-history";
import { putBack, ruleHistory } from "../../rules/actions";

export function ProductRuleHistory({ productId }: { productId: string }) {
  return (
    <RuleHistory
      read={() => ruleHistory({ productId })}
      putBack={(versionId, confirm) => putBack({ owner: { productId }, versionId, confirm })}
      mayChange
    />
  );
}
