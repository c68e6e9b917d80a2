import {
  and,
  asc,
  desc,
  eq,
  gte,
  isNotNull,
  isNull,
  notExists,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import {
  taskCategories as categories,
  taskRuleMakings as makings,
  categoryMembers as members,
  taskRules as rules,
  tasks,
} from "@/lib/db/schema/tasks";
import { notices, users } from "@/lib/db/schema/workspace";
import { addressedTo } from "@/lib/notices/queries";
import type { RuleLine } from "./rule-kind-model";

type Stored = typeof rules.$inferSelect;

/** Whether the rule's owner may still put tasks into its list. Needs `task_categories` beside `task_rules`. */
const mayFill: SQL = sql`(${categories.ownerId} = ${rules.ownerId} or exists (select 1 from ${members} shared
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
      made: sql<number>`(select count(*)::int from ${makings} done where done.rule_id = ${rules.id})`,
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
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
  return tx.$count(rules, eq(rules.ownerId, userId));
}

const isOwn = (caller: Pick<Caller, "id">, id: string) =>
  and(eq(rules.id, id), eq(rules.ownerId, caller.id));

/** False when the caller has no such rule. */
export async function turnRule(tx: Tx, caller: Caller, id: string, on: boolean): Promise<boolean> {
  const turned = await tx
    .update(rules)
    .set({ isActive: on })
    .where(isOwn(caller, id))
    .returning({ id: rules.id });
  return turned.length > 0;
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

export type Cause = {
  rule: Stored;
  notice: { id: string; storeId: string | null; createdAt: Date; params: Record<string, unknown> };
  storeName: string | null;
  isActive: boolean;
};

/** Open notices that the rules' owner may see, younger than the rule, for which it has made nothing yet. */
export function unanswered(tx: Tx, owner: Caller, most: number): Promise<Cause[]> {
  const answered = tx
    .select({ one: sql`1` })
    .from(makings)
    .where(and(eq(makings.ruleId, rules.id), eq(makings.noticeId, notices.id)));
  return tx
    .select({
      rule: rules,
      notice: {
        id: notices.id,
        storeId: notices.storeId,
        createdAt: notices.createdAt,
        params: notices.params,
      },
      storeName: stores.name,
      isActive: users.isActive,
    })
    .from(rules)
    .innerJoin(categories, eq(categories.id, rules.categoryId))
    .innerJoin(users, eq(users.id, rules.assigneeId))
    .innerJoin(notices, eq(notices.kind, rules.noticeKind))
    .leftJoin(stores, eq(stores.id, notices.storeId))
    .where(
      and(
        eq(rules.ownerId, owner.id),
        eq(rules.isActive, true),
        mayFill,
        isNull(notices.resolvedAt),
        isNull(stores.archivedAt),
        gte(notices.createdAt, rules.createdAt),
        or(isNull(rules.storeId), eq(rules.storeId, notices.storeId)),
        addressedTo(owner, mayRead(owner)),
        notExists(answered),
      ),
    )
    .orderBy(asc(notices.createdAt), asc(notices.id), asc(rules.id))
    .limit(most);
}

/** False when somebody has made it meanwhile. */
export async function claimMaking(
  tx: Tx,
  { ruleId, noticeId }: { ruleId: string; noticeId: string },
  at: Date,
): Promise<boolean> {
  const made = await tx
    .insert(makings)
    .values({ ruleId, noticeId, at })
    .onConflictDoNothing()
    .returning({ ruleId: makings.ruleId });
  return made.length > 0;
}

/** Tasks whose cause is over, locked, those that nobody else has hold of. */
export async function lockOver(tx: Tx, most: number): Promise<string[]> {
  const open = tx
    .select({ one: sql`1` })
    .from(notices)
    .where(and(eq(notices.id, tasks.noticeId), isNull(notices.resolvedAt)));
  const rows = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(isNotNull(tasks.noticeId), isNull(tasks.doneAt), notExists(open)))
    .orderBy(asc(tasks.id))
    .limit(most)
    .for("update", { of: tasks, skipLocked: true });
  return rows.map(({ id }) => id);
}
