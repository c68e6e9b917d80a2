import type { Caller } from "@/lib/auth/model";
import { isAppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { TaskAccess } from "./access";
import { assignLocked, requireActive, withPeople } from "./assign-task";
import { lockCategory } from "./category-queries";
import { changeLocked } from "./change-task";
import { besideClock } from "./clock-queries";
import { removeLocked } from "./delete-task";
import { completeLocked, reopenLocked } from "./finish-task";
import { requireChange, requireEdit } from "./rights";
import { type LockedTask, lockTask } from "./write-queries";

export type Act =
  | { kind: "complete" }
  | { kind: "reopen" }
  | { kind: "delete" }
  | { kind: "move"; categoryId: string }
  /** To them, too: whoever has a task keeps it. */
  | { kind: "assign"; userIds: readonly string[] }
  /** Nobody's any more. */
  | { kind: "unassign" };

export type Outcome = { done: number; skipped: number };

/**
 * Does the same with many tasks, in one transaction; those that the caller may not do it with are left as
 * they are and counted. Throws for a list or people with whom it can be done for none, as with one task.
 */
export function changeMany(
  { db, clock }: TaskAccess,
  caller: Caller,
  { taskIds, act }: { taskIds: readonly string[]; act: Act },
): Promise<Outcome> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    const work = await workOf(tx, caller, act);
    const now = clock();
    const outcome = { done: 0, skipped: 0 };
    // Each is locked in the order of the ids, so that none waits for another in a circle.
    for (const id of [...new Set(taskIds)].sort()) {
      const isDone = await tried(async () => work(await lockTask(tx, caller, id), now));
      outcome[isDone ? "done" : "skipped"] += 1;
    }
    return outcome;
  });
}

/** Rights are asked before anything is written, so what they refuse has left nothing behind. */
async function tried(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isAppError(error, "forbidden", "not_found")) return false;
    throw error;
  }
}

type Work = (task: LockedTask, now: Date) => Promise<void>;

async function workOf(tx: Tx, caller: Caller, act: Act): Promise<Work> {
  if (act.kind === "complete") return (task, now) => completeLocked(tx, caller, task, now);
  if (act.kind === "delete") return (task, now) => removeLocked(tx, caller, task, now);
  if (act.kind === "reopen") return (task, now) => reopenLocked(tx, caller, task, now);
  if (act.kind === "assign" || act.kind === "unassign") {
    const added = act.kind === "assign" ? act.userIds : [];
    await requireActive(tx, added);
    return async (task, now) => {
      requireChange(task);
      const userIds = added.length > 0 ? await withPeople(tx, task.id, { added, removed: [] }) : [];
      await assignLocked(tx, caller, { task, userIds }, now);
    };
  }
  const list = await lockCategory(tx, caller, act.categoryId);
  requireEdit(list);
  return async (task, now) => {
    requireChange(task);
    await changeLocked(tx, caller, { task, list, said: {} }, now);
  };
}
