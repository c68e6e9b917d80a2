import { eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import {
  taskCategories as categories,
  categoryMembers as members,
  taskAssignees,
  tasks,
} from "@/lib/db/schema/tasks";
import { users } from "@/lib/db/schema/workspace";
import type { Rights } from "./model";

/** Ids of the lists that somebody has or that are shared with them; owners of the office see no more. */
export const listsSeen = (tx: Tx, caller: Pick<Caller, "id">) =>
  tx
    .select({ id: categories.id })
    .from(categories)
    .where(eq(categories.ownerId, caller.id))
    .union(
      tx.select({ id: members.categoryId }).from(members).where(eq(members.userId, caller.id)),
    );

/** A column beside `task_categories`: what somebody may do in the list; null for nothing. */
export const rightsIn = (caller: Pick<Caller, "id">): SQL<Rights | null> =>
  sql<Rights | null>`case when ${categories.ownerId} = ${caller.id} then 'owner'
    else (select mine.rights from ${members} mine
      where mine.category_id = ${categories}.id and mine.user_id = ${caller.id}) end`;

/** A column beside `tasks`: whether it is somebody's to do. */
export const isAssigned = (caller: Pick<Caller, "id">): SQL<boolean> =>
  sql<boolean>`exists (select 1 from ${taskAssignees} mine
    where mine.task_id = ${tasks}.id and mine.user_id = ${caller.id})`;

/** Beside `tasks`: nobody who works here has it to do, so it is its list's owner's. */
export const isNobodys: SQL = sql`not exists (select 1 from ${taskAssignees} had
  join ${users} worker on worker.id = had.user_id and worker.is_active where had.task_id = ${tasks}.id)`;

/** Beside `tasks`: it is given to somebody. */
export const isGivenTo = (userId: string | SQL): SQL =>
  sql`${tasks.id} in (select given.task_id from ${taskAssignees} given where given.user_id = ${userId})`;

/** Beside `tasks`: it is somebody's to do, given to them or nobody's in a list of their own. */
export const isTheirs = (userId: string | SQL): SQL =>
  sql`(${isGivenTo(userId)} or ${isNobodys} and ${tasks.categoryId} in
    (select own.id from ${categories} own where own.owner_id = ${userId}))`;

/** Beside `tasks`: its deadline has come, and it is not done. */
export const isOverdue = (now: Date): SQL =>
  sql`(${tasks.doneAt} is null and ${tasks.dueAt} < ${now.toISOString()})`;

/** Tasks somebody sees: of the lists they see, and those that are theirs to do. Goes into every WHERE over tasks. */
export const seesTask = (tx: Tx, caller: Pick<Caller, "id">): SQL =>
  or(
    inArray(tasks.categoryId, listsSeen(tx, caller)),
    sql`${tasks.id} in (select mine.task_id from ${taskAssignees} mine where mine.user_id = ${caller.id})`,
  ) ?? sql`false`;
