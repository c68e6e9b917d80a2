import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import {
  taskCategories as categories,
  taskAssignees,
  taskChanges,
  taskComments,
  taskSteps,
  tasks,
} from "@/lib/db/schema/tasks";
import { users } from "@/lib/db/schema/workspace";
import type { ChangeKind, NewStep, Person, Rights } from "./model";
import { isAssigned, rightsIn, seesTask } from "./reach-queries";

export type StoredTask = typeof tasks.$inferSelect;
export type LockedTask = StoredTask & { rights: Rights | null; isAssigned: boolean };

/** The task, locked, if the caller sees it. Throws `not_found`. */
export async function lockTask(tx: Tx, caller: Caller, id: string): Promise<LockedTask> {
  // First the lock, then in a statement of its own what holds after whoever had it before.
  await tx.select({ id: tasks.id }).from(tasks).where(eq(tasks.id, id)).for("update");
  const [row] = await tx
    .select({ task: tasks, rights: rightsIn(caller), isAssigned: isAssigned(caller) })
    .from(tasks)
    .innerJoin(categories, eq(categories.id, tasks.categoryId))
    .where(and(eq(tasks.id, id), seesTask(tx, caller)));
  if (!row) throw new AppError("not_found", "task_not_found");
  return { ...row.task, rights: row.rights, isAssigned: row.isAssigned };
}

export async function insertTask(tx: Tx, row: typeof tasks.$inferInsert): Promise<void> {
  await tx.insert(tasks).values(row);
}

export async function updateTask(
  tx: Tx,
  id: string,
  set: Partial<Omit<StoredTask, "id">>,
): Promise<void> {
  await tx.update(tasks).set(set).where(eq(tasks.id, id));
}

export async function deleteTask(tx: Tx, id: string): Promise<void> {
  await tx.delete(tasks).where(eq(tasks.id, id));
}

/** Those of them who may be given work. */
export function activePeople(tx: Tx, ids: readonly string[]): Promise<Person[]> {
  return tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(inArray(users.id, [...ids]), eq(users.isActive, true)));
}

/** Whose the task is to do, by their names. */
export function assigneesOf(tx: Tx, taskId: string): Promise<Person[]> {
  return tx
    .select({ id: users.id, name: users.name })
    .from(taskAssignees)
    .innerJoin(users, eq(users.id, taskAssignees.userId))
    .where(eq(taskAssignees.taskId, taskId))
    .orderBy(sql`lower(${users.name})`, asc(users.id));
}

export async function giveTask(
  tx: Tx,
  taskId: string,
  userIds: readonly string[],
  since: Date,
): Promise<void> {
  if (userIds.length === 0) return;
  await tx
    .insert(taskAssignees)
    .values(userIds.map((userId) => ({ taskId, userId, since })))
    .onConflictDoNothing();
}

export async function takeFrom(tx: Tx, taskId: string, userIds: readonly string[]): Promise<void> {
  const theirs = inArray(taskAssignees.userId, [...userIds]);
  await tx.delete(taskAssignees).where(and(eq(taskAssignees.taskId, taskId), theirs));
}

export function stepsOf(tx: Tx, taskId: string) {
  const { id, text, isDone } = taskSteps;
  return tx
    .select({ id, text, isDone })
    .from(taskSteps)
    .where(eq(taskSteps.taskId, taskId))
    .orderBy(asc(taskSteps.nth));
}

/** The steps in this order, instead of those there were; one that is known keeps its id. */
export async function putSteps(tx: Tx, taskId: string, steps: readonly NewStep[]): Promise<void> {
  const known = new Set((await stepsOf(tx, taskId)).map(({ id }) => id));
  await tx.delete(taskSteps).where(eq(taskSteps.taskId, taskId));
  if (steps.length === 0) return;
  const rows = steps.map(({ stepId: id, text, isDone }, nth) => {
    const kept = id !== undefined && known.delete(id);
    return { taskId, nth, text, isDone, ...(kept && { id }) };
  });
  await tx.insert(taskSteps).values(rows);
}

/** One more, after those there are. Returns how many there are then. */
export async function addStepTo(tx: Tx, taskId: string, text: string): Promise<number> {
  const last = sql`(select coalesce(max(before.nth) + 1, 0) from ${taskSteps} before
    where before.task_id = ${taskId})`;
  await tx.insert(taskSteps).values({ taskId, nth: sql`${last}`, text });
  return tx.$count(taskSteps, eq(taskSteps.taskId, taskId));
}

/** What the step said; null when the task has no such one any more. */
export async function dropStep(tx: Tx, taskId: string, stepId: string): Promise<string | null> {
  const [gone] = await tx
    .delete(taskSteps)
    .where(and(eq(taskSteps.id, stepId), eq(taskSteps.taskId, taskId)))
    .returning({ text: taskSteps.text });
  return gone?.text ?? null;
}

/** What the step says; null when the task has no such one. */
export async function markStep(
  tx: Tx,
  taskId: string,
  { stepId, isDone }: { stepId: string; isDone: boolean },
): Promise<string | null> {
  const [marked] = await tx
    .update(taskSteps)
    .set({ isDone })
    .where(and(eq(taskSteps.id, stepId), eq(taskSteps.taskId, taskId)))
    .returning({ text: taskSteps.text });
  return marked?.text ?? null;
}

export async function insertComment(
  tx: Tx,
  row: typeof taskComments.$inferInsert,
): Promise<string> {
  const [made] = await tx.insert(taskComments).values(row).returning({ id: taskComments.id });
  if (!made) throw new Error("insert into task_comments returned nothing");
  return made.id;
}

type NewChange = {
  taskId: string;
  at: Date;
  userId: string | null;
  what: ChangeKind;
  details?: Record<string, unknown>;
};

export async function insertChanges(tx: Tx, changes: readonly NewChange[]): Promise<void> {
  if (changes.length > 0) await tx.insert(taskChanges).values([...changes]);
}
