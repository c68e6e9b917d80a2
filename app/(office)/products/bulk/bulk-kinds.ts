import { submission } from "@/components/repricing/rule-draft";
import type { RuleSource } from "@/components/repricing/rule-source-window";
import type { ProductChoice } from "@/lib/products/model";
import type { BulkChangeInput, SelectionInput } from "@/lib/repricing/bulk/bulk-model";
import type { RuleFormTexts } from "@/lib/repricing/rule/rule-form-model";
import { ruleFormValues } from "@/lib/repricing/rule/rule-form-values";
import type { Selection } from "../selection";

/** The buttons of the bulk bar, in their order. */
export const bulkKinds = [
  "on",
  "off",
  "floor",
  "ceiling",
  "step",
  "strategy",
  "floorFromCost",
  "rule",
  "copy",
] as const;
export type BulkButton = (typeof bulkKinds)[number];

export const units = ["tenge", "percent", "clear"] as const;
export type Draft = {
  unit: (typeof units)[number];
  value: string;
  strategy: "" | "undercut" | "match" | "above";
  rule: RuleFormTexts;
  floorFromCost: "" | "on" | "off";
  /** Whose rule is copied; null: the store's. */
  from: RuleSource | null;
};

/** What a fresh window starts with. */
export function draftFor(button: BulkButton): Draft {
  return {
    unit: button === "step" ? "tenge" : "percent",
    value: "",
    strategy: "undercut",
    floorFromCost: "on",
    rule: ruleFormValues({}),
    from: null,
  };
}

export function changeFrom(button: BulkButton, draft: Draft): BulkChangeInput {
  const { unit, value, strategy } = draft;
  if (button === "on" || button === "off") return { kind: "bot", enabled: button === "on" };
  if (button === "strategy") return { kind: button, value: strategy };
  if (button === "floorFromCost") return { kind: button, value: draft.floorFromCost };
  if (button === "rule") return { kind: button, rule: submission(draft.rule) };
  if (button === "copy") return { kind: button, from: draft.from?.id ?? null };
  return { kind: button, unit, value };
}

export function selectionInput(selection: Selection, choice: ProductChoice): SelectionInput {
  const ids = [...selection.ids];
  return selection.kind === "ids" ? { kind: "ids", ids } : { kind: "filter", choice, except: ids };
}
