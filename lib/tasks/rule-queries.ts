import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import {
  taskCategories as categories,
  taskRuleMakings as makings,
  categoryMembers as members,
  taskRules as rules,
} from "@/lib/db/schema/tasks";
import { users } from "@/lib/db/schema/workspace";
import type { RuleLine } from "./rule-kind-model";

/** Whether the rule's owner may still put tasks into its list. Needs `task_categories` beside `task_rules`. */
export const mayFill: SQL = sql`(${categories.ownerId} = ${rules.ownerId} or exists (select 1 from ${members} shared
  where shared.category_id = ${categories.id} and shared.user_id = ${rules.ownerId} and shared.rights = 'edit'))`;

/** The caller's own rules, the newest first. A store is named as far as they may see it. */
export async function listRules(tx: Tx, caller: Caller): Promise<RuleLine[]> {
  const rows = await tx
    .select({
      id: rules.id,
      noticeKind: rules.noticeKind,
      storeId: rules.storeId,
      storeName: stores.name,
      categoryId: rules.categoryId,
      categoryName: categories.name,
      assignee: { id: users.id, name: users.name },
      priority: rules.priority,
      dueMinutes: rules.dueMinutes,
      isActive: rules.isActive,
      made: sql<number>`(select count(distinct done.task_id)::int from ${makings} done where done.rule_id = ${rules.id})`,
      trouble: sql<RuleLine["trouble"]>`case when not ${mayFill} then 'list'
        when not ${users.isActive} then 'person' end`,
    })
    .from(rules)
    .innerJoin(categories, eq(categories.id, rules.categoryId))
    .innerJoin(users, eq(users.id, rules.assigneeId))
    .leftJoin(stores, and(eq(stores.id, rules.storeId), mayRead(caller)))
    .where(eq(rules.ownerId, caller.id))
    .orderBy(desc(rules.createdAt), asc(rules.id));
  return rows as RuleLine[];
}

export async function insertRule(tx: Tx, row: typeof rules.$inferInsert): Promise<string> {
  const [made] = await tx.insert(rules).values(row).returning({ id: rules.id });
  if (!made) throw new Error("insert into task_rules returned nothing");
  return made.id;
}

/** How many somebody has; until the transaction ends they get no other. */
export async function countOwnRules(tx: Tx, userId: string): Promise<number> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
  return tx.$count(rules, eq(rules.ownerId, userId));
}

const isOwn = (caller: Pick<Caller, "id">, id: string) =>
  and(eq(rules.id, id), eq(rules.ownerId, caller.id));

/** Turned on it minds what happens from then. False when the caller has no such rule. */
export async function turnRule(
  tx: Tx,
  caller: Caller,
  { id, on }: { id: string; on: boolean },
  now: Date,
): Promise<boolean> {
  const own = await tx.$count(rules, isOwn(caller, id));
  if (own === 0) return false;
  await tx
    .update(rules)
    .set({ isActive: on, ...(on && { since: now }) })
    .where(and(isOwn(caller, id), eq(rules.isActive, !on)));
  return true;
}

/** The same; tasks that it has made stay. */
export async function deleteRule(tx: Tx, caller: Caller, id: string): Promise<boolean> {
  return (await tx.delete(rules).where(isOwn(caller, id)).returning({ id: rules.id })).length > 0;
}

/** Whose rules may have something to do. */
export async function ruleOwners(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: rules.ownerId })
    .from(rules)
    .where(eq(rules.isActive, true));
  return rows.map(({ id }) => id);
}
