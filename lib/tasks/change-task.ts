import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { TaskAccess } from "./access";
import { assignLocked } from "./assign-task";
import { type LockedCategory, lockCategory } from "./category-queries";
import { besideClock } from "./clock-queries";
import { storedLinks } from "./links";
import { linkKinds, type TaskChanges } from "./model";
import { noteChanges, type TaskChange } from "./note-change";
import { requireChange, requireComplete, requireEdit } from "./rights";
import { forgetNews } from "./task-notices";
import {
  type LockedTask,
  lockTask,
  markStep,
  putSteps,
  type StoredTask,
  updateTask,
} from "./write-queries";

type Said = TaskChanges & { userIds?: readonly string[] | undefined };

/**
 * Changes what is said and leaves the rest; `userIds`: whose it is to do. Into another list goes a task only of a list and into a list that
 * the caller may edit. Throws `not_found` for what is out of sight, `forbidden` for what they may only read,
 * `invalid` for links to what they may not see.
 */
export function changeTask(
  { db, clock }: TaskAccess,
  caller: Caller,
  { taskId, userIds, ...said }: Said & { taskId: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    const list = said.categoryId ? await lockCategory(tx, caller, said.categoryId) : null;
    const task = await lockTask(tx, caller, taskId);
    requireChange(task);
    const now = clock();
    await changeLocked(tx, caller, { task, list, said }, now);
    if (userIds) await assignLocked(tx, caller, { task, userIds }, now);
  });
}

type Change = { task: LockedTask; list: LockedCategory | null; said: TaskChanges };

/** The same for a task and a list that are locked, by who may change the task. */
export async function changeLocked(
  tx: Tx,
  caller: Caller,
  { task, list, said }: Change,
  now: Date,
): Promise<void> {
  const isMoved = list !== null && list.id !== task.categoryId;
  if (isMoved) requireEdit(list);
  const links = await storedLinks(tx, caller, said);
  const { set, changes } = differences(task, { ...said, ...links });
  if (isMoved) {
    set.categoryId = list.id;
    changes.push({ what: "moved", details: { to: list.name } });
  }
  if (said.steps) {
    await putSteps(tx, task.id, said.steps);
    changes.push({ what: "steps", details: { count: said.steps.length } });
  }
  if (changes.length === 0) return;
  await updateTask(tx, task.id, { ...set, updatedAt: now });
  if (set.dueAt !== undefined)
    await forgetNews(tx, { tasks: [task.id], kinds: ["task_due", "task_soon"] }, now);
  await noteChanges(tx, { taskId: task.id, byId: caller.id, changes }, now);
}

type Settable = Partial<Omit<StoredTask, "id">>;

/** What is not as it was, and how the history says it. */
function differences(task: StoredTask, said: TaskChanges & { reviewSourceId?: string | null }) {
  const set: Settable = {};
  const changes: TaskChange[] = [];
  const { title, text, dueAt, priority } = said;
  if (title !== undefined && title !== task.title) {
    set.title = title;
    changes.push({ what: "renamed", details: { from: task.title, to: title } });
  }
  if (text !== undefined && text !== task.text) {
    set.text = text;
    changes.push({ what: "text" });
  }
  if (dueAt !== undefined && dueAt?.getTime() !== task.dueAt?.getTime()) {
    set.dueAt = dueAt;
    changes.push({ what: "due", details: { from: isoOf(task.dueAt), to: isoOf(dueAt) } });
  }
  if (priority !== undefined && priority !== task.priority) {
    set.priority = priority;
    changes.push({ what: "priority", details: { from: task.priority, to: priority } });
  }
  const relinked = linkKinds.filter((kind) => {
    const id = said[`${kind}Id`];
    return id !== undefined && id !== task[`${kind}Id`];
  });
  for (const kind of relinked) set[`${kind}Id`] = said[`${kind}Id`] ?? null;
  if (relinked.includes("review")) set.reviewSourceId = said.reviewSourceId ?? null;
  // What it is about is not for everybody to see: the history names the kinds alone.
  if (relinked.length > 0) changes.push({ what: "links", details: { kinds: relinked } });
  return { set, changes };
}

const isoOf = (at: Date | null) => at?.toISOString() ?? null;

/** A step done or not, also by those whose task it is to do. Throws `not_found`, `forbidden`. */
export function tickStep(
  { db, clock }: TaskAccess,
  caller: Caller,
  { taskId, ...step }: { taskId: string; stepId: string; isDone: boolean },
): Promise<void> {
  return db.transaction(async (tx) => {
    const task = await lockTask(tx, caller, taskId);
    requireComplete(task);
    const text = await markStep(tx, taskId, step);
    if (text === null) throw new AppError("not_found", "task_step_not_found");
    const now = clock();
    await updateTask(tx, taskId, { updatedAt: now });
    const changes = [{ what: "steps" as const, details: { step: text, isDone: step.isDone } }];
    await noteChanges(tx, { taskId, byId: caller.id, changes }, now);
  });
}
