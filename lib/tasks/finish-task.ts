import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import type { TaskAccess } from "./access";
import { besideClock } from "./clock-queries";
import { noteChanges } from "./note-change";
import { requireComplete } from "./rights";
import { endedNews, forgetNews, forgetNewsFor } from "./task-notices";
import { type LockedTask, lockTask, updateTask } from "./write-queries";

/** Throws `not_found` for a task out of sight, `forbidden` for who may not; one that is done stays as it is. */
export function completeTask(
  { db, clock }: TaskAccess,
  caller: Caller,
  taskId: string,
): Promise<void> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    await completeLocked(tx, caller, await lockTask(tx, caller, taskId), clock());
  });
}

export async function completeLocked(
  tx: Tx,
  caller: Caller,
  task: LockedTask,
  now: Date,
): Promise<void> {
  requireComplete(task);
  if (task.doneAt !== null) return;
  await updateTask(tx, task.id, { doneAt: now, doneBy: caller.id, updatedAt: now });
  await forgetNews(tx, { tasks: [task.id], kinds: endedNews }, now);
  await forgetNewsFor(tx, { task: task.id, userIds: [caller.id] }, now);
  const changes = [{ what: "done" as const }];
  await noteChanges(tx, { taskId: task.id, byId: caller.id, changes }, now);
}

/**
 * The task is to be done again, by its old deadline, of which nobody is told twice; and by a person's word, so
 * that what it was made for does not close it again. Throws as `completeTask`.
 */
export function reopenTask(
  { db, clock }: TaskAccess,
  caller: Caller,
  taskId: string,
): Promise<void> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    await reopenLocked(tx, caller, await lockTask(tx, caller, taskId), clock());
  });
}

export async function reopenLocked(
  tx: Tx,
  caller: Caller,
  task: LockedTask,
  now: Date,
): Promise<void> {
  requireComplete(task);
  if (task.doneAt === null) return;
  await updateTask(tx, task.id, { doneAt: null, doneBy: null, noticeId: null, updatedAt: now });
  const changes = [{ what: "reopened" as const }];
  await noteChanges(tx, { taskId: task.id, byId: caller.id, changes }, now);
}
