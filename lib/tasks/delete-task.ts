import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import type { TaskAccess } from "./access";
import { besideClock } from "./clock-queries";
import { requireChange } from "./rights";
import { forgetNews } from "./task-notices";
import { deleteTask, type LockedTask, lockTask } from "./write-queries";

/** With its steps, comments and history. Throws `not_found`, `forbidden`. */
export function removeTask({ db, clock }: TaskAccess, caller: Caller, id: string): Promise<void> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    await removeLocked(tx, caller, await lockTask(tx, caller, id), clock());
  });
}

export async function removeLocked(
  tx: Tx,
  caller: Caller,
  task: LockedTask,
  now: Date,
): Promise<void> {
  requireChange(task);
  await forgetNews(tx, { tasks: [task.id] }, now);
  await deleteTask(tx, task.id);
  await audit(tx, { at: now, userId: caller.id, action: "task.deleted", subjectId: task.id });
}
