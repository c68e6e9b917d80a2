import { z } from "zod";
import { hexId, type Person, type Priority, prioritySchema } from "./model";

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

/** So long after the notice: a deadline of a minute helps nobody, one of a year nobody remembers. */
const LEAST_MINUTES = 5;
const MOST_MINUTES = 30 * 24 * 60;
export const MOST_RULES = 100;

const dueMinutes = z
  .number({ error: "task_rule_due" })
  .int({ error: "task_rule_due" })
  .min(LEAST_MINUTES, { error: "task_rule_due" })
  .max(MOST_MINUTES, { error: "task_rule_due" });

export const newRuleSchema = z.object({
  noticeKind: z.enum(ruleKinds),
  /** Null: of any store. */
  storeId: z.uuid().nullable(),
  categoryId: hexId,
  personId: z.uuid({ error: "task_person_unknown" }),
  priority: prioritySchema,
  dueMinutes,
});
export type NewRule = z.output<typeof newRuleSchema>;

export const ruleIdSchema = z.object({ ruleId: z.uuid() });
export const turnedRuleSchema = z.object({ ruleId: z.uuid(), on: z.boolean() });

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
