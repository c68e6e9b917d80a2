import { z } from "zod";
import { hexId, prioritySchema } from "./field-model";
import { ruleKinds } from "./rule-kind-model";

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
