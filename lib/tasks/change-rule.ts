import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { TaskAccess } from "./access";
import { requireActive } from "./assign-task";
import { lockCategory } from "./category-queries";
import { storeInSight } from "./link-queries";
import { requireEdit } from "./rights";
import { MOST_RULES, type NewRule } from "./rule-model";
import { countOwnRules, deleteRule, insertRule, turnRule } from "./rule-queries";

/**
 * From now on a notice of the kind makes a task. Throws `not_found` and `forbidden` for a list as with a task,
 * `invalid` for a store out of sight and for people who are not there, `conflict` for too many rules.
 */
export function addRule(
  { db, clock }: TaskAccess,
  caller: Caller,
  { personId, ...given }: NewRule,
): Promise<string> {
  return db.transaction(async (tx) => {
    if ((await countOwnRules(tx, caller.id)) >= MOST_RULES)
      throw new AppError("conflict", "task_rules_many", { params: { most: MOST_RULES } });
    requireEdit(await lockCategory(tx, caller, given.categoryId));
    await requireActive(tx, [personId], "personId");
    if (given.storeId !== null && !(await storeInSight(tx, caller, given.storeId)))
      throw new AppError("invalid", "task_link_unknown", {
        details: [{ path: "storeId", message: "task_link_unknown" }],
      });
    const now = clock();
    const row = { ...given, ownerId: caller.id, assigneeId: personId, createdAt: now, since: now };
    const id = await insertRule(tx, row);
    await note(tx, caller, "task_rule.added", id, now);
    return id;
  });
}

/** On again, it minds what happens from then on. Throws `not_found` for somebody else's. */
export function setRule(
  { db, clock }: TaskAccess,
  caller: Caller,
  { ruleId, on }: { ruleId: string; on: boolean },
): Promise<void> {
  return db.transaction(async (tx) => {
    const now = clock();
    if (!(await turnRule(tx, caller, { id: ruleId, on }, now))) throw notThere();
    await note(tx, caller, on ? "task_rule.turned_on" : "task_rule.turned_off", ruleId, now);
  });
}

/** Tasks it has made stay. Throws `not_found` for somebody else's. */
export function removeRule(
  { db, clock }: TaskAccess,
  caller: Caller,
  ruleId: string,
): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await deleteRule(tx, caller, ruleId))) throw notThere();
    await note(tx, caller, "task_rule.removed", ruleId, clock());
  });
}

const notThere = () => new AppError("not_found", "task_rule_not_found");

function note(
  tx: Tx,
  caller: Caller,
  action: Extract<AuditEntry["action"], `task_rule.${string}`>,
  subjectId: string,
  at: Date,
): Promise<void> {
  return audit(tx, { at, userId: caller.id, action, subjectId });
}
