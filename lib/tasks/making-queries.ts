import { and, asc, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { taskRuleMakings as makings, tasks } from "@/lib/db/schema/tasks";
import { notices } from "@/lib/db/schema/workspace";
import type { Known } from "./cause-groups";
import type { Cause } from "./cause-queries";

type Makings = { ruleId: string; noticeIds: readonly string[]; taskId: string };

/** Notes what the task answers. Returns the notices of them that nobody has answered meanwhile and that are open. */
export async function claimMakings(
  tx: Tx,
  { ruleId, noticeIds, taskId }: Makings,
): Promise<string[]> {
  // The database's own time of the notice: ours is coarser than that.
  const made = await tx.execute<{ noticeId: string }>(sql`
    insert into ${makings} (rule_id, notice_id, at, task_id)
    select ${ruleId}::uuid, notice.id, notice.created_at, ${taskId} from ${notices} notice
    where notice.id = any(${sql.param([...noticeIds])}::uuid[]) and notice.resolved_at is null
    order by notice.id
    on conflict (rule_id, notice_id) do update set at = excluded.at, task_id = excluded.task_id
      where ${makings}.at < excluded.at
    returning notice_id as "noticeId"`);
  return made.map(({ noticeId }) => noticeId);
}

/** Of the same causes the task had older notices: those it ends with no more. */
export async function forgetReplaced(
  tx: Tx,
  taskId: string,
  noticeIds: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    delete from ${makings} old using ${notices} before, ${notices} after
    where old.task_id = ${taskId} and before.id = old.notice_id and after.key = before.key
      and after.id <> before.id and after.id = any(${sql.param([...noticeIds])}::uuid[])`);
}

/** Open tasks that the rule has made for the same causes before, or for prices of the same store. */
export async function knownTasks(tx: Tx, batch: readonly Cause[]): Promise<Known[]> {
  const [first] = batch;
  if (!first) return [];
  const { rule, notice } = first;
  const keys = batch.map((cause) => cause.notice.key);
  const isOfStore = and(
    sql`${rule.noticeKind} = 'price_frozen'`,
    eq(notices.kind, "price_frozen"),
    sql`${notices.storeId} = ${notice.storeId}::uuid`,
  );
  return tx
    .select({
      taskId: tasks.id,
      key: notices.key,
      productId: sql<string | null>`${notices.params} ->> 'product_id'`,
    })
    .from(makings)
    .innerJoin(notices, eq(notices.id, makings.noticeId))
    .innerJoin(tasks, and(eq(tasks.id, makings.taskId), isNull(tasks.doneAt)))
    .where(
      and(
        eq(makings.ruleId, rule.id),
        or(sql`${notices.key} = any(${sql.param(keys)}::text[])`, isOfStore),
      ),
    )
    .orderBy(asc(tasks.id), asc(notices.id));
}

/** The task, locked; null when it is done or gone. */
export async function lockOpen(
  tx: Tx,
  id: string,
): Promise<{ id: string; noticeId: string | null } | null> {
  const [open] = await tx
    .select({ id: tasks.id, noticeId: tasks.noticeId })
    .from(tasks)
    .where(and(eq(tasks.id, id), isNull(tasks.doneAt)))
    .for("update");
  return open ?? null;
}

const ofTask = (which: SQL | undefined) => sql`exists (select 1 from ${makings}
  join ${notices} on ${notices.id} = ${makings.noticeId}
  where ${makings.taskId} = ${tasks.id} and ${which})`;
/** What was put away is not over. */
const isOver = and(isNotNull(notices.resolvedAt), isNull(notices.dismissedAt));
const stands = or(isNull(notices.resolvedAt), isNotNull(notices.dismissedAt));

/** Tasks of whose causes the last is over, locked, those that nobody else has hold of. */
export async function lockOver(tx: Tx, most: number): Promise<string[]> {
  const rows = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        isNotNull(tasks.noticeId),
        isNull(tasks.doneAt),
        ofTask(isOver),
        sql`not ${ofTask(stands)}`,
      ),
    )
    .orderBy(asc(tasks.id))
    .limit(most)
    .for("update", { of: tasks, skipLocked: true });
  return rows.map(({ id }) => id);
}
