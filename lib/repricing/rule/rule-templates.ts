import type { RuleOverride } from "./rule-model";

/** What a template sets; everything else of a rule stays as it was. */
type Template = Required<Pick<RuleOverride, "strategy" | "whenFirst" | "whenBlocked">>;

/** Rules under the names sellers have for them, in the order they are offered. */
export const ruleTemplates = {
  first: { strategy: { kind: "undercut" }, whenFirst: "raise", whenBlocked: "floor" },
  leader: { strategy: { kind: "match" }, whenFirst: "raise", whenBlocked: "floor" },
  beside: { strategy: { kind: "above" }, whenFirst: "raise", whenBlocked: "floor" },
  /** Under the third, or under the second where there are no more. */
  podium: {
    strategy: { kind: "position", place: 3 },
    whenFirst: "raise",
    whenBlocked: "next_place",
  },
  middle: { strategy: { kind: "average", of: 10 }, whenFirst: "raise", whenBlocked: "floor" },
} as const satisfies Record<string, Template>;

export type RuleTemplate = keyof typeof ruleTemplates;
export const ruleTemplateNames = Object.keys(ruleTemplates) as RuleTemplate[];
