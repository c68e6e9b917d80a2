import { and, asc, eq, gte, isNotNull, isNull, notExists, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import {
  taskCategories as categories,
  taskRuleMakings as makings,
  taskRules as rules,
  tasks,
} from "@/lib/db/schema/tasks";
import { notices, users } from "@/lib/db/schema/workspace";
import { isFor } from "@/lib/notices/queries";
import { mayFill } from "./rule-queries";

export type Cause = {
  rule: typeof rules.$inferSelect;
  notice: {
    id: string;
    key: string;
    storeId: string | null;
    createdAt: Date;
    params: Record<string, unknown>;
  };
  storeName: string | null;
  assignee: { name: string; isActive: boolean };
};

/** A login is of no store: it is of those that it opens. */
const ofLogin = sql`select opened.id from ${stores} opened
  where opened.account_id::text = ${notices.params} ->> 'account' and opened.archived_at is null`;

/** The store that the notice is about; of a login the rule's own, or the only one it opens. */
const storeOf: SQL<string | null> = sql`coalesce(${notices.storeId},
  case when ${notices.params} ? 'account' then coalesce(${rules.storeId},
    case when (select count(*) from (${ofLogin}) many) = 1 then (${ofLogin}) end) end)`;

const isOfStore = or(
  isNull(rules.storeId),
  eq(rules.storeId, notices.storeId),
  sql`${rules.storeId} in (${ofLogin})`,
);

/** Open notices that the rules' owner may see, younger than the rule, which it has not answered yet. */
export function unanswered(tx: Tx, owner: Caller, most: number): Promise<Cause[]> {
  const answered = tx
    .select({ one: sql`1` })
    .from(makings)
    .where(
      and(
        eq(makings.ruleId, rules.id),
        eq(makings.noticeId, notices.id),
        gte(makings.at, notices.createdAt),
      ),
    );
  return tx
    .select({
      rule: rules,
      notice: {
        id: notices.id,
        key: notices.key,
        storeId: storeOf,
        createdAt: notices.createdAt,
        params: notices.params,
      },
      storeName: stores.name,
      assignee: { name: users.name, isActive: users.isActive },
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
        gte(notices.createdAt, rules.since),
        isOfStore,
        isFor(owner),
        notExists(answered),
      ),
    )
    .orderBy(asc(notices.createdAt), asc(notices.id), asc(rules.id))
    .limit(most);
}

type Making = { ruleId: string; noticeId: string; taskId: string };

/** False when somebody has answered it meanwhile, or rule or notice are not there any more. */
export async function claimMaking(tx: Tx, { ruleId, noticeId, taskId }: Making): Promise<boolean> {
  // The database's own time of the notice: ours is coarser than that.
  const made = await tx.execute(sql`
    insert into ${makings} (rule_id, notice_id, at, task_id)
    select rule.id, notice.id, notice.created_at, ${taskId} from ${rules} rule, ${notices} notice
    where rule.id = ${ruleId} and rule.is_active and notice.id = ${noticeId} and notice.resolved_at is null
    for key share of rule
    on conflict (rule_id, notice_id) do update set at = excluded.at, task_id = excluded.task_id
      where ${makings}.at < excluded.at
    returning rule_id`);
  return made.length > 0;
}

/** The open task that the rule has made for the same cause before, locked, if there is one. */
export async function lockFormer(
  tx: Tx,
  { rule, notice }: Pick<Cause, "rule" | "notice">,
): Promise<{ id: string; noticeId: string | null } | null> {
  const before = tx
    .select({ taskId: makings.taskId })
    .from(makings)
    .innerJoin(notices, eq(notices.id, makings.noticeId))
    .where(and(eq(makings.ruleId, rule.id), eq(notices.key, notice.key)));
  const [former] = await tx
    .select({ id: tasks.id, noticeId: tasks.noticeId })
    .from(tasks)
    .where(and(sql`${tasks.id} in ${before}`, isNull(tasks.doneAt)))
    .orderBy(asc(tasks.id))
    .limit(1)
    .for("update");
  return former ?? null;
}

/** Tasks whose cause is over, locked, those that nobody else has hold of. What was put away is not over. */
export async function lockOver(tx: Tx, most: number): Promise<string[]> {
  const over = tx
    .select({ id: notices.id })
    .from(notices)
    .where(
      and(
        eq(notices.id, tasks.noticeId),
        isNotNull(notices.resolvedAt),
        isNull(notices.dismissedAt),
      ),
    );
  const rows = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(isNotNull(tasks.noticeId), isNull(tasks.doneAt), sql`exists ${over}`))
    .orderBy(asc(tasks.id))
    .limit(most)
    .for("update", { of: tasks, skipLocked: true });
  return rows.map(({ id }) => id);
}
