import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import type { TaskAccess } from "./access";
import { assignLocked, withPeople } from "./assign-task";
import { type LockedCategory, lockCategory } from "./category-queries";
import { besideClock } from "./clock-queries";
import { storedLinks } from "./links";
import { linkKinds, type TaskChanges } from "./model";
import { noteChanges, type TaskChange } from "./note-change";
import { requireChange, requireEdit } from "./rights";
import { forgetNews, forgetStrangers } from "./task-notices";
import { type LockedTask, lockTask, putSteps, type StoredTask, updateTask } from "./write-queries";

type People = { added: readonly string[]; removed: readonly string[] };
type Said = TaskChanges & { userIds?: readonly string[] | undefined; people?: People | undefined };

/**
 * Changes what is said and leaves the rest; `userIds`: whose it is to do from now on; `people`: who is
 * added to them and taken off. Into another list goes a task only of a list and into a list that the caller
 * may edit. Throws `not_found` for what is out of sight, `forbidden` for what they may only read,
 * `invalid` for links to what they may not see.
 */
export function changeTask(
  { db, clock }: TaskAccess,
  caller: Caller,
  { taskId, userIds, people, ...said }: Said & { taskId: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    const list = said.categoryId ? await lockCategory(tx, caller, said.categoryId) : null;
    const task = await lockTask(tx, caller, taskId);
    requireChange(task);
    const now = clock();
    await changeLocked(tx, caller, { task, list, said }, now);
    const wanted = userIds ?? (people && (await withPeople(tx, taskId, people)));
    if (wanted) await assignLocked(tx, caller, { task, userIds: wanted }, now);
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
    changes.push({ what: "moved", details: { list: list.id } });
  }
  if (said.steps) {
    await putSteps(tx, task.id, said.steps);
    changes.push({ what: "steps", details: { count: said.steps.length } });
  }
  if (changes.length === 0) return;
  await updateTask(tx, task.id, { ...set, updatedAt: now });
  if (set.dueAt !== undefined)
    await forgetNews(tx, { tasks: [task.id], kinds: ["task_due", "task_soon"] }, now);
  if (isMoved) await forgetStrangers(tx, [task.id], now);
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
    // Whoever has written over it may have seen an older one.
    changes.push({ what: "text", details: { from: task.text } });
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
