import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import {
  taskCategories as categories,
  categoryMembers as members,
  taskComments,
  tasks,
} from "@/lib/db/schema/tasks";
import { notices, users } from "@/lib/db/schema/workspace";
import { isGivenTo, isTheirs } from "./reach-queries";

const person = sql`${users}.id`;
const seesList = sql`(${categories.ownerId} = ${users.id} or exists (select 1 from ${members} shared
  where shared.category_id = ${categories.id} and shared.user_id = ${users.id}))`;

/**
 * Who is told what was said of a task: whose it is to do, who made it and who has spoken before, as far as
 * they see it now. Not who says it, nor who is blocked.
 */
export async function listeners(tx: Tx, taskId: string, authorId: string): Promise<string[]> {
  const hasSpoken = sql`exists (select 1 from ${taskComments} said
    where said.task_id = ${tasks.id} and said.user_id = ${users.id})`;
  const rows = await tx
    .select({ id: users.id })
    .from(tasks)
    .innerJoin(categories, eq(categories.id, tasks.categoryId))
    .innerJoin(users, eq(users.isActive, true))
    .where(
      and(
        eq(tasks.id, taskId),
        sql`${users.id} <> ${authorId}`,
        or(isTheirs(person), and(seesList, or(eq(tasks.createdBy, users.id), hasSpoken))),
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

/** Closes open news of these tasks, in the order of the keys as everybody who locks notices. */
async function close(tx: Tx, which: SQL | undefined, now: Date): Promise<void> {
  const chosen = tx
    .select({ id: notices.id })
    .from(notices)
    .where(and(isNull(notices.resolvedAt), which))
    .orderBy(sql`${notices.key} collate "C"`)
    .for("update");
  await tx.update(notices).set({ resolvedAt: now }).where(sql`${notices.id} in ${chosen}`);
}

const isOf = (taskIds: readonly string[], kinds: readonly string[]) =>
  and(
    sql`${notices.params} ->> 'task' = any(${sql.param([...taskIds])}::text[])`,
    inArray(notices.kind, [...kinds]),
  );

type News = { tasks: readonly string[]; kinds: readonly string[] };

export async function closeNews(tx: Tx, { tasks: ids, kinds }: News, now: Date): Promise<void> {
  if (ids.length > 0) await close(tx, isOf(ids, kinds), now);
}

/** Of those alone who have no part in it any more: who see none of the task, and of `ofDoers` whose it is not to do. */
export async function closeForStrangers(
  tx: Tx,
  { tasks: ids, kinds, ofDoers }: News & { ofDoers: readonly string[] },
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const has = (part: SQL | undefined) => sql`exists (select 1 from ${tasks}
    join ${categories} on ${categories.id} = ${tasks.categoryId}
    join ${users} on ${users.id} = ${notices.userId}
    where ${tasks.id} = ${notices.params} ->> 'task' and ${part})`;
  const isLost = sql`not ${has(or(isGivenTo(person), seesList))}`;
  const isOthers = and(inArray(notices.kind, [...ofDoers]), sql`not ${has(isTheirs(person))}`);
  await close(tx, and(isOf(ids, kinds), or(isLost, isOthers)), now);
}
