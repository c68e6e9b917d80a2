import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import type { TaskAccess } from "./access";
import { assignLocked } from "./assign-task";
import { lockCategory } from "./category-queries";
import { besideClock } from "./clock-queries";
import { storedLinks } from "./links";
import { ownCategory } from "./manage-categories";
import type { TaskFields } from "./model";
import { noteChanges } from "./note-change";
import { requireEdit } from "./rights";
import { newTaskId } from "./task-id";
import { insertTask, putSteps } from "./write-queries";

type Required = Pick<TaskFields, "title" | "categoryId">;
export type NewTask = Required & {
  [K in Exclude<keyof TaskFields, keyof Required>]?: TaskFields[K] | undefined;
} & { userIds?: readonly string[] | undefined };

/**
 * A new task in a list of the caller's or one they may edit. Throws `not_found` for a list out of sight,
 * `forbidden` for one they may only read, `invalid` for people who are not there and for links to what they
 * may not see.
 */
export function makeTask(access: TaskAccess, caller: Caller, given: NewTask): Promise<string> {
  return access.db.transaction((tx) => makeIn(tx, access, caller, given));
}

/** The same into the caller's own list of that name, which is made with the first task. */
export function makeOwnTask(
  access: TaskAccess,
  caller: Caller,
  { listName, ...given }: Omit<NewTask, "categoryId"> & { listName: string },
): Promise<string> {
  return access.db.transaction(async (tx) => {
    const categoryId = await ownCategory(tx, access, caller, listName);
    return makeIn(tx, access, caller, { ...given, categoryId });
  });
}

async function makeIn(
  tx: Tx,
  { clock, salt }: TaskAccess,
  caller: Caller,
  given: NewTask,
): Promise<string> {
  await besideClock(tx);
  const list = await lockCategory(tx, caller, given.categoryId);
  requireEdit(list);
  const { title, text = "", dueAt = null, priority = "normal", steps = [], userIds = [] } = given;
  const links = await storedLinks(tx, caller, given);
  const now = clock();
  const id = newTaskId(now, salt);
  await insertTask(tx, {
    ...{ id, categoryId: list.id, title, text, dueAt, priority, ...links },
    ...{ createdAt: now, createdBy: caller.id, updatedAt: now },
  });
  if (steps.length > 0) await putSteps(tx, id, steps);
  const changes = [{ what: "created" as const }];
  await noteChanges(tx, { taskId: id, byId: caller.id, changes }, now);
  await assignLocked(tx, caller, { task: { id, title, doneAt: null }, userIds }, now);
  return id;
}
