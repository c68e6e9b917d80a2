import type { Person, Priority } from "./model";

/** What may happen in a shop that somebody then has to do something about. */
export const ruleKinds = [
  "needs_reauth",
  "low_review",
  "low_stock",
  "price_frozen",
  "preorder_not_shown",
  "token_refused",
  "feed_errors",
  "run_failed",
] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** A rule of one's own as its page shows it. */
export type RuleLine = {
  id: string;
  noticeKind: RuleKind;
  storeId: string | null;
  storeName: string | null;
  categoryId: string;
  categoryName: string;
  assignee: Person;
  priority: Priority;
  dueMinutes: number;
  isActive: boolean;
  made: number;
  /** It makes nothing for now: the list is not the owner's to edit any more, or the person is blocked. */
  trouble: "list" | "person" | null;
};
