import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { raiseNotices } from "@/lib/notices/queries";
import type { TaskAccess } from "./access";
import { besideClock } from "./clock-queries";
import { noteChanges } from "./note-change";
import { requireChange } from "./rights";
import { forgetStrangers, newsOf } from "./task-notices";
import {
  activePeople,
  assigneesOf,
  giveTask,
  lockTask,
  takeFrom,
  updateTask,
} from "./write-queries";

type Given = { id: string; title: string; doneAt: Date | null };

/**
 * Whose it is to do from now on, instead of those there were; who is new hears of it. Throws `not_found` for a
 * task out of sight, `forbidden` for who may not change it, `invalid` for people who are not there or blocked.
 */
export function assignTask(
  { db, clock }: TaskAccess,
  caller: Caller,
  { taskId, userIds }: { taskId: string; userIds: readonly string[] },
): Promise<void> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    const task = await lockTask(tx, caller, taskId);
    requireChange(task);
    await assignLocked(tx, caller, { task, userIds }, clock());
  });
}

/** The same for a task that is locked, by who may change it. */
export async function assignLocked(
  tx: Tx,
  caller: Pick<Caller, "id" | "name">,
  { task, userIds }: { task: Given; userIds: readonly string[] },
  now: Date,
): Promise<void> {
  const before = await assigneesOf(tx, task.id);
  const had = new Set(before.map(({ id }) => id));
  const wanted = [...new Set(userIds)];
  const added = await requireActive(
    tx,
    wanted.filter((id) => !had.has(id)),
  );
  const removed = before.filter(({ id }) => !wanted.includes(id));
  if (added.length === 0 && removed.length === 0) return;
  await giveTask(tx, task.id, namesOf(added).ids, now);
  if (removed.length > 0) await takeFrom(tx, task.id, namesOf(removed).ids);
  await updateTask(tx, task.id, { updatedAt: now });
  await tell(tx, caller, { task, added: namesOf(added).ids }, now);
  const details = { added: namesOf(added).names, removed: namesOf(removed).names };
  const changes = [{ what: "assigned" as const, details }];
  await noteChanges(tx, { taskId: task.id, byId: caller.id, changes }, now);
}

/** Whose it is by now, with and without these. */
export async function withPeople(
  tx: Tx,
  taskId: string,
  { added, removed }: { added: readonly string[]; removed: readonly string[] },
): Promise<string[]> {
  const kept = (await assigneesOf(tx, taskId)).filter(({ id }) => !removed.includes(id));
  return [...kept.map(({ id }) => id), ...added];
}

const namesOf = (people: readonly { id: string; name: string }[]) => ({
  ids: people.map(({ id }) => id),
  names: people.map(({ name }) => name),
});

/** Throws `invalid` for the field, when one of them is blocked or not there. */
export async function requireActive(tx: Tx, ids: readonly string[], path = "userIds") {
  const found = ids.length === 0 ? [] : await activePeople(tx, ids);
  if (found.length === ids.length) return found;
  throw new AppError("invalid", "task_person_unknown", {
    details: [{ path, message: "task_person_unknown" }],
  });
}

async function tell(
  tx: Tx,
  caller: Pick<Caller, "id" | "name">,
  { task, added }: { task: Given; added: string[] },
  now: Date,
): Promise<void> {
  await forgetStrangers(tx, [task.id], now);
  if (task.doneAt !== null) return;
  const others = added.filter((userId) => userId !== caller.id);
  await raiseNotices(
    tx,
    others.map((userId) => {
      const news = { task: task.id, title: task.title, userId, params: { by: caller.name } };
      return newsOf("task_assigned", news, now);
    }),
  );
}
