import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import {
  taskCategories as categories,
  categoryMembers as members,
  taskAssignees,
  taskComments,
  tasks,
} from "@/lib/db/schema/tasks";
import { notices, users } from "@/lib/db/schema/workspace";

/** Everybody who may have been told something, whether they work here still or not. */
export async function whoEver(tx: Tx): Promise<string[]> {
  const rows = await tx.select({ id: users.id }).from(users);
  return rows.map(({ id }) => id);
}

/**
 * Who is told what was said of a task: whose it is to do, who made it and who has spoken before, as far as
 * they see it now. Not who says it, nor who is blocked.
 */
export async function listeners(tx: Tx, taskId: string, authorId: string): Promise<string[]> {
  const given = sql`exists (select 1 from ${taskAssignees} given
    where given.task_id = ${tasks.id} and given.user_id = ${users.id})`;
  const hasSpoken = sql`exists (select 1 from ${taskComments} said
    where said.task_id = ${tasks.id} and said.user_id = ${users.id})`;
  const sees = sql`(${categories.ownerId} = ${users.id} or exists (select 1 from ${members} shared
    where shared.category_id = ${categories.id} and shared.user_id = ${users.id}))`;
  const rows = await tx
    .select({ id: users.id })
    .from(tasks)
    .innerJoin(categories, eq(categories.id, tasks.categoryId))
    .innerJoin(users, eq(users.isActive, true))
    .where(
      and(
        eq(tasks.id, taskId),
        sql`${users.id} <> ${authorId}`,
        or(given, and(sees, or(eq(tasks.createdBy, users.id), hasSpoken))),
      ),
    )
    .orderBy(users.id);
  return rows.map(({ id }) => id);
}

/** Whether somebody has news of the task that reading it makes old. */
export async function hasNews(tx: Tx, taskId: string, userId: string): Promise<boolean> {
  const keys = ["task_assigned", "task_commented"].map((kind) => `${kind}:${taskId}:${userId}`);
  const [open] = await tx
    .select({ id: notices.id })
    .from(notices)
    .where(and(inArray(notices.key, keys), isNull(notices.resolvedAt)))
    .limit(1);
  return open !== undefined;
}

/** Nobody is told any more of the tasks of a list that goes. */
export async function forgetNewsOfList(
  tx: Tx,
  { categoryId, kinds }: { categoryId: string; kinds: readonly string[] },
  now: Date,
): Promise<void> {
  const gone = tx.select({ id: tasks.id }).from(tasks).where(eq(tasks.categoryId, categoryId));
  await tx
    .update(notices)
    .set({ resolvedAt: now })
    .where(
      and(
        isNull(notices.resolvedAt),
        inArray(notices.kind, [...kinds]),
        sql`${notices.params} ->> 'task' in ${gone}`,
      ),
    );
}
